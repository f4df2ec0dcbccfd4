using Rubato.Runs.Logs;
using Rubato.Runs.Rates;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed class RatesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Rates_RunAndItsRewrite_ApprovedText()
    {
        using var harness = new Harness();
        harness.Console.Profile.Capabilities.Unicode = true;

        Assert.Equal(0, harness.Run("rates", Written("decay", Decay), Written("growing", Growing)));
        var trimmed = string.Join('\n', harness.Output.Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Commands/rates.approved.txt")), trimmed);
    }

    [Fact]
    public void Rates_Files_AreWrittenAndNamed()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("rates", Written("decay", Decay), Written("growing", Growing), "--svg", File("rates.svg"), "--csv", File("rates.csv")));
        Assert.EndsWith($"written: {File("rates.csv")}{Environment.NewLine}written: {File("rates.svg")}{Environment.NewLine}", harness.Output, StringComparison.Ordinal);
        Assert.Equal(1201, System.IO.File.ReadAllLines(File("rates.csv")).Length);
        Assert.StartsWith("<?xml", System.IO.File.ReadAllText(File("rates.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_OneRunWithoutEffectiveRates_TheOthersAreDrawn()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("rates", Written("decay", Decay), Written("plain", Plain)));
        Assert.Contains($"plain  no effective rate; {RateCurves.Condition}\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_NoneWithEffectiveRates_OneSentenceAndNothingWritten()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("rates", Written("plain", Plain), "--csv", File("rates.csv"), "--svg", File("rates.svg")));
        Assert.Equal($"error: 'plain' has no effective rate; {RateCurves.Condition}.{Environment.NewLine}", harness.Error);
        Assert.Empty(harness.Output);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Rates_FileOverALogThatIsRead_OneSentence()
    {
        using var harness = new Harness();
        var log = Path.Combine(Written("decay", Decay), "steps.jsonl");

        Assert.Equal(2, harness.Run("rates", File("decay"), Written("growing", Growing), log, "--csv", log));
        Assert.Equal($"error: RUN and --csv name the same file, '{log}'; name another one for each.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Rates_SameRunTwice_NoDifference()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("rates", Written("decay", Decay), File("decay")));
        Assert.Contains("are equal; 60 updates measured in both\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_DamagedLine_ItsNumberAndNothingWritten()
    {
        using var harness = new Harness();
        var log = Path.Combine(Written("decay", Decay), "steps.jsonl");
        var lines = System.IO.File.ReadAllLines(log);
        lines[6] = lines[6][..20];
        System.IO.File.WriteAllLines(log, lines);

        Assert.Equal(2, harness.Run("rates", File("decay"), "--csv", File("rates.csv")));
        Assert.StartsWith($"error: {log}, line 7: not a record of an update: ", harness.Error, StringComparison.Ordinal);
        Assert.Single(harness.Error.TrimEnd().Split('\n'));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Rates_NoRun_SaysWhatToName()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("rates"));
        Assert.Equal($"error: 'rubato rates' needs RUN; 'rubato rates --help' has an example.{Environment.NewLine}", harness.Error);
        Assert.Equal(2, harness.Run("rates", File("x")));
        Assert.EndsWith($"error: there is no '{File("x")}'; name a run folder, such as runs/NAME, or its steps.jsonl.{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
    }

    // Falls to an equilibrium from 0.1 on; the rewrite differs by a millionth at update 301.
    private static StepRecord Decay(int step) =>
        Plain(step) with { EffectiveRate = step % 10 == 1 ? 0.01 + (0.09 * Math.Exp(-step / 60.0)) : double.NaN };

    private static StepRecord Growing(int step) =>
        Decay(step) with { EffectiveRate = Decay(step).EffectiveRate * (step == 301 ? 1 - 1e-6 : 1), ExponentialRateLog10 = -1 + (step / 12.0) };

    private static StepRecord Plain(int step) => new()
    {
        Step = step,
        Samples = step * 64,
        Epoch = step / 40.0,
        Loss = 1,
        LearningRate = 0.1,
        BatchSize = 64,
        Momentum = 0.9,
        WeightDecay = 5e-4,
        GradientNorm = 1,
        Seconds = step * 0.01,
    };

    private string Written(string name, Func<int, StepRecord> update)
    {
        using var log = new StepLog(System.IO.File.Create(Path.Combine(Directory.CreateDirectory(File(name)).FullName, "steps.jsonl")));
        for (var step = 1; step <= 600; step++)
        {
            log.Append(update(step));
        }

        return File(name);
    }
}
