using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class FunctionTests
{
    [Fact]
    public void At_Square_OfTheShare() =>
        Expect.Values(Square(Duration.Epochs(4)), (0, 0), (1, 1 / 16.0), (2, 0.25), (Expect.Before(4), 1), (4, 1), (5, 1));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(Square(Duration.Epochs(0)), (0, 1), (1, 1));

    [Fact]
    public void At_NotBound_SaysHowToBindIt() =>
        Assert.Equal(
            "The function 'square' is not bound; read the schedule with its ScheduleFunctions.",
            Assert.Throws<InvalidOperationException>(() => new Function("square", Duration.Epochs(1)).At(0)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("2nd")]
    [InlineData("a b")]
    [InlineData("-a")]
    public void Constructor_BadName_Refused(string name) =>
        Expect.Refusal(
            "name", $"'{name}' is no name; it must begin with a letter and hold letters, digits and dashes.", () => new Function(name, share => share));

    [Fact]
    public void Equals_OtherNameOrLength_Differs()
    {
        Expect.Equality(() => Square(Duration.Epochs(4)), Square(Duration.Epochs(5)), new Function("cube", share => share, Duration.Epochs(4)));
        Assert.Equal<Schedule>(Square(Duration.Epochs(4)), new Function("square", Duration.Epochs(4)));
    }

    private static Function Square(Duration length) => new("square", share => share * share, length);
}
