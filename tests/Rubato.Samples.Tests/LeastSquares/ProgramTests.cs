using System.Globalization;
using Samples.LeastSquares;

namespace Rubato.Samples.Tests.LeastSquares;

public sealed class ProgramTests
{
    private static readonly string[] Lines = Run();

    [Fact]
    public void Run_Loss_FallsNearlyToTheNoise()
    {
        Assert.InRange(Number("loss before"), 6, 8);
        // Half the variance of the noise is 0.005.
        Assert.InRange(Number("loss after"), 0.0045, 0.0055);
    }

    // 512 updates of 16, 256 of 32, 128 of 64.
    [Fact]
    public void Run_Updates_AreThoseOfThePlan() => Assert.Contains("updates      896 of 896", Lines);

    [Fact]
    public void Run_SavedPosition_IsTheMiddle() => Assert.Contains(Lines, line => line.Contains("\"updates\":640,\"samples\":12288", StringComparison.Ordinal));

    [Fact]
    public void Run_RestoredRun_EndsWithTheSameWeights() => Assert.Equal("restored run ends with the same weights: True", Lines[^1]);

    private static double Number(string name) =>
        double.Parse(Lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);

    private static string[] Run()
    {
        using var output = new StringWriter();
        Program.Run(output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
