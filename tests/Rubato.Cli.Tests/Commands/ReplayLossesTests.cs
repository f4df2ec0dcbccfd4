using Rubato.Cli.Commands;
using Rubato.Runs;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed class ReplayLossesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_OneALine_BlankLinesArePassedOver() => Assert.Equal([2.5, double.NaN, double.NegativeInfinity], Read("2.5\n\n NaN\r\n-Infinity\n").Losses);

    [Fact]
    public void Read_OtherEncodings_ReadByTheirMarkOrNamed()
    {
        var path = Path.Combine(_folder, "losses.txt");
        File.WriteAllText(path, "2\n3\n", System.Text.Encoding.Unicode);
        Assert.Equal([2, 3], new ReplayLosses(path, null, []).Read()!.Losses);
        File.WriteAllBytes(path, System.Text.Encoding.Unicode.GetBytes("2\n3\n"));
        Assert.Equal([$"'{path}' has bytes of 0, as UTF-16 has and no text in UTF-8; save it as UTF-8."], Findings(path, null));
    }

    [Fact]
    public void Read_AsPythonWritesThem_TheSameNumbers()
    {
        Assert.Equal([double.PositiveInfinity, 2, double.NegativeInfinity, double.NaN], Read("inf\n2\n-inf\nnan\n").Losses);
        Assert.Equal([2, double.PositiveInfinity], Read("step,loss\n1,2\n2,inf\n").Losses);
    }

    [Fact]
    public void Read_Table_TheLossColumn() => Assert.Equal([0.5, 0.25], Read("\uFEFFstep,loss,name\n1,0.5,\"a,b\"\n2, 0.25 ,\n").Losses);

    [Fact]
    public void Read_TableOfOneColumn_ItsLosses() => Assert.Equal([0.5, 0.25], Read("loss\n0.5\n0.25").Losses);

    [Fact]
    public void Read_OtherColumn_ItsLosses() =>
        Assert.Equal([1, 3], Read("\"loss, \"\"smooth\"\"\",loss\n1,2\n\"3\",4\n", "loss, \"smooth\"").Losses);

    [Theory]
    [InlineData("1\ntwo\n", null, "--losses 'FILE', line 2: 'two' is no number; there must be one loss a line, such as 2.3026, inf or nan.")]
    [InlineData("\n", null, "--losses is 'FILE', which holds no loss; there must be at least one.")]
    [InlineData("loss\n", null, "--losses is 'FILE', which holds no loss; there must be at least one.")]
    [InlineData("step,train_loss\n1,2\n", null, "--losses 'FILE' has no column 'loss'; its columns are step, train_loss; choose one with --column NAME.")]
    [InlineData("step,train_loss\n1,2\n", "train-loss", "--losses 'FILE' has no column 'train-loss'; its columns are step, train_loss; choose one of them. Did you mean 'train_loss'?")]
    [InlineData("loss,loss\n1,2\n", null, "--losses 'FILE' has 2 columns 'loss'; give one of them another name.")]
    [InlineData("step,loss\n1\n", null, "--losses 'FILE', line 2 has 1 of the 2 columns up to the loss; fill it up.")]
    [InlineData("step,loss\n1,2\n2,\n", null, "--losses 'FILE', line 3: '' is no loss; there must be a number, such as 2.3026, inf or nan.")]
    [InlineData("1\n", "loss", "--column is 'loss', but --losses 'FILE' has no header: it begins with a loss; leave --column out.")]
    public void Read_Wrong_OneSentence(string text, string? column, string sentence)
    {
        var path = Path.Combine(_folder, "losses.txt");
        File.WriteAllText(path, text);
        Assert.Equal([sentence.Replace("FILE", path, StringComparison.Ordinal)], Findings(path, column));
    }

    [Fact]
    public void Read_NothingThere_OneSentence()
    {
        var path = Path.Combine(_folder, "none");
        Assert.Equal(
            [$"--losses is '{path}', but there is no such file; name a file with one loss a line, a table with a loss column, or a run folder."], Findings(path, null));
        Assert.Equal(
            [
                $"--column is 'x', but --losses '{_folder}' is a folder and no table; leave --column out.",
                $"--losses is '{_folder}', a folder without steps.jsonl; name a run folder, such as runs/NAME, or a file.",
            ],
            Findings(_folder, "x"));
    }

    [Fact]
    public void Read_RunFolder_ItsLossesAndEpochs()
    {
        var path = Run(Step(1, 100, 100, 2.5), Step(2, 200, 100, 2.25), Step(3, 300, 100, double.NaN));
        foreach (var from in (string[])[path, Path.Combine(path, "steps.jsonl")])
        {
            var read = new ReplayLosses(from, null, []).Read()!;
            Assert.Equal([2.5, 2.25, double.NaN], read.Losses);
            Assert.Equal((100, 1000), (read.BatchSize, read.SamplesPerEpoch));
        }
    }

    [Fact]
    public void Read_RunThatDiverged_WithoutTheUpdateThatWasNotApplied() =>
        Assert.Equal([2.5, 3], new ReplayLosses(Run(Step(1, 10, 10, 2.5), Step(2, 20, 10, 3), Step(2, 20, 10, double.NaN)), null, []).Read()!.Losses);

    [Fact]
    public void Read_RunWithGrowingBatches_UpdatesInAnEpochOnAverage()
    {
        var read = new ReplayLosses(Run(Step(1, 250, 250, 2), Step(2, 500, 250, 2), Step(3, 1500, 1000, 2)), null, []).Read()!;
        Assert.Equal((1, 2), (read.BatchSize, read.SamplesPerEpoch));
    }

    [Fact]
    public void Read_RunWithoutAnUpdate_OneSentence()
    {
        var path = Run();
        Assert.Equal([$"--losses is '{path}', which holds no loss; there must be at least one."], Findings(path, null));
    }

    private RecordedLosses Read(string text, string? column = null)
    {
        var path = Path.Combine(_folder, "losses.txt");
        File.WriteAllText(path, text);
        var findings = new List<Finding>();
        var read = new ReplayLosses(path, column, findings).Read();
        Assert.Empty(findings);
        return read!;
    }

    private static List<string> Findings(string path, string? column)
    {
        var findings = new List<Finding>();
        Assert.Null(new ReplayLosses(path, column, findings).Read());
        return findings.ConvertAll(finding => $"{finding}");
    }

    private static StepRecord Step(long step, long samples, long batch, double loss) => new()
    {
        Step = step,
        Samples = samples,
        Epoch = samples / 1000.0,
        Loss = loss,
        LearningRate = 0.1,
        BatchSize = batch,
        Momentum = 0.9,
        WeightDecay = 0,
        GradientNorm = double.NaN,
        Seconds = step,
    };

    private string Run(params StepRecord[] steps)
    {
        var folder = RunFolder.Create(_folder, null, "run");
        using var log = folder.OpenLogs([]);
        foreach (var step in steps)
        {
            log.Append(step);
        }

        return folder.Path;
    }
}
