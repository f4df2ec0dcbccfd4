using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed class ScheduleFunctionsTests
{
    private static readonly ScheduleFunctions Two = ScheduleFunctions.None.With("half", share => share / 2).With("double", share => share * 2);

    [Fact]
    public void With_AnotherFunction_LeavesTheFirstAsTheyWere()
    {
        Assert.Empty(ScheduleFunctions.None.Names);
        Assert.Equal(["double", "half"], Two.Names);
    }

    [Fact]
    public void Create_KnownName_ThatFunction() => Expect.Values(Two.Create("half", Duration.Epochs(4)), (0, 0), (2, 0.25), (4, 0.5), (5, 0.5));

    [Fact]
    public void Create_UnknownName_SaysWhichThereAre()
    {
        Expect.Finding(
            "there is no function 'halv'; registered are double, half. In code, ScheduleFunctions.With registers one. Did you mean 'half'?",
            () => Two.Create("halv", Duration.Epochs(1)));
        Expect.Finding(
            "there is no function 'half'; none is registered. In code, ScheduleFunctions.With registers one.",
            () => ScheduleFunctions.None.Create("half", Duration.Epochs(1)));
    }

    [Fact]
    public void With_TakenOrBadName_Refused()
    {
        Assert.StartsWith(
            "There is a function 'half' already; give it another name.",
            Assert.Throws<ArgumentException>("name", () => Two.With("half", share => share)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'1st' is no name; it must begin with a letter and hold letters, digits and dashes.",
            Assert.Throws<ArgumentException>("name", () => Two.With("1st", share => share)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("shape", () => Two.With("third", null!));
    }
}
