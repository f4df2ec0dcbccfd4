using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class ReportTests
{
    [Fact]
    public void Write_Trials_HasTheirTailsTurnAndRate()
    {
        var trial = Trial.Run(seed: 4, new ToySettings { Updates = 100, BatchSize = 16, WeightDecay = 0.1 });
        using var output = new StringWriter();
        Report.Write(output, [trial]);
        var lines = output.ToString().Split(Environment.NewLine);

        double[] tail = [.. trial.Tail(Form.Both)];
        Assert.Equal(10, tail.Length);
        Assert.Equal("20 features, batches of 16, rate 1, weight decay 0.1, 100 updates", lines[0]);
        Assert.StartsWith("   4  ", lines[3], StringComparison.Ordinal);
        Assert.Contains($"{tail.Average():F4}  {tail.Max():F4}    {new Claim(trial.Settings).LongestBelow(tail)}", lines[3], StringComparison.Ordinal);
        Assert.Equal($"turn of an update with both: {trial.Turn:F4} rad; sqrt(2 rate decay) = 0.4472", lines[4]);
        // 199 factors of 1 / 0.9.
        Assert.Contains(" 10^9.1 in the last update;", lines[5], StringComparison.Ordinal);
    }
}
