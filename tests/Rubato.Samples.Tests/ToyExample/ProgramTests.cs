using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class ProgramTests
{
    [Fact]
    public void Run_TwoSeeds_HoldsAndDraws()
    {
        var file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        var (code, output, _) = Run("--seeds", "2", "--updates", "3000", "--svg", file);

        Assert.Equal(0, code);
        Assert.Equal(["   0", "   1"], output.Split('\n')[3..5].Select(line => line[..4]));
        Assert.Contains("each alone stays below 0.0225, both together never do for 100 updates: in 2 of 2 seeds", output, StringComparison.Ordinal);
        Assert.Contains("weight decay</text>", File.ReadAllText(file), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Run_WithoutWeightDecay_DoesNotHold()
    {
        var (code, output, _) = Run("--seeds", "1", "--updates", "1000", "--weight-decay", "0");

        Assert.Equal(1, code);
        Assert.Contains("in 0 of 1 seeds", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownOption_SaysTheUsage() => Assert.Equal((2, "", Options.Usage + Environment.NewLine), Run("--rate", "1"));

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (Program.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
