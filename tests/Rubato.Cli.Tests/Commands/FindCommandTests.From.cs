using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class FindCommandTests
{
    [Fact]
    public void Find_From_TheAnswerOfTheCurveThatWasMeasured()
    {
        using var measured = new Harness();
        var path = Path.Combine(_folder, "find.csv");
        Assert.Equal(0, measured.Run("find", "--repeats", "2", "--quiet", "--csv", path));

        using var harness = new Harness();
        Assert.Equal(0, harness.Run("find", "--from", path, "--batch", "128", "--quiet"));
        Assert.Equal(measured.Output, harness.Output);
        Assert.Null(harness.AskedFind);
    }

    [Fact]
    public void Find_From_ShowsTheCurveAndALineToTrainWith()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "curve.csv");
        WriteCurve(path);

        Assert.Equal(0, harness.Run("find", "--from", path));
        Assert.Contains("; at a global batch that is not known (--batch says it)\nrubato train --lr \"one-cycle(", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FromARunFolder_ItsRatesAsFarAsTheyRise()
    {
        using var harness = new Harness();
        using (var log = new StepLog(File.Create(Path.Combine(_folder, "steps.jsonl"))))
        {
            for (var step = 1; step <= 200; step++)
            {
                var rate = step <= 120 ? 1e-5 * Math.Pow(10, (step - 1) / 20.0) : 0.01;
                log.Append(new StepRecord
                {
                    Step = step,
                    Samples = step * 64,
                    Epoch = step * 0.1,
                    Loss = ScriptedFind.Loss(rate),
                    LearningRate = rate,
                    BatchSize = 64,
                    Momentum = 0.9,
                    WeightDecay = 0,
                    GradientNorm = double.NaN,
                    Seconds = step,
                });
            }
        }

        Assert.Equal(0, harness.Run("find", "--from", _folder, "--quiet"));
        Assert.EndsWith("; measured at a global batch of 64\n", harness.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"note: the learning rate rises over the first 120 of {File.ReadAllLines(Path.Combine(_folder, "steps.jsonl")).Length} updates, and only these are read."
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Find_FromAFileThatIsNotThere_OneSentence()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("find", "--from", "none.csv"));
        Assert.Equal(
            $"error: --from is 'none.csv', but there is no such file; name a table with the columns learning_rate and loss, or a run folder.{Environment.NewLine}", harness.Error);
    }

    private static void WriteCurve(string path)
    {
        var rates = Enumerable.Range(0, 100).Select(i => ScriptedFind.Test.Schedule.At(i));
        File.WriteAllLines(path, ["learning_rate,loss", .. rates.Select(rate => $"{rate},{ScriptedFind.Loss(rate)}")]);
    }
}
