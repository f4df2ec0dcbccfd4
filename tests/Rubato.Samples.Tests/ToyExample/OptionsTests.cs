using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class OptionsTests
{
    [Fact]
    public void Parse_Nothing_IsTheSettingOfTheTable() => Assert.Equal(new Options(new ToySettings(), 5, null), Options.Parse([]));

    [Fact]
    public void Parse_All_AreTaken() =>
        Assert.Equal(
            new Options(new ToySettings { Updates = 100, BatchSize = 8, WeightDecay = 0.5 }, 2, "a.svg"),
            Options.Parse(["--seeds", "2", "--updates", "100", "--batch", "8", "--weight-decay", "0.5", "--svg", "a.svg"]));

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--seeds", "0")]
    [InlineData("--updates", "9")]
    [InlineData("--batch", "2")]
    [InlineData("--batch", "many")]
    [InlineData("--weight-decay", "1")]
    [InlineData("--weight-decay", "NaN")]
    [InlineData("--weight-decay", "-0.1")]
    [InlineData("--rate", "1")]
    public void Parse_OutOfRangeOrUnknown_IsNull(params string[] arguments) => Assert.Null(Options.Parse(arguments));
}
