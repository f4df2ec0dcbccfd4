using Rubato.Rewrites;
using Rubato.Runs.Plans;
using Rubato.Schedules;

namespace Rubato.Runs.Tests.Plans;

public sealed class PlanCsvTests
{
    private const string Header = "step,epoch,samples,learning_rate,batch_size,momentum,weight_decay";

    private static readonly PlanSettings Settings = new()
    {
        Length = Duration.Epochs(3),
        SamplesPerEpoch = 100,
        LearningRate = new OneCycle(0.1),
        Momentum = new OneCycleMomentum(),
        BatchSize = new MultiStep(8, 2, [Duration.Epochs(1)]),
        WeightDecay = 5e-4,
    };

    [Fact]
    public void Write_Plan_ARowForEachOfItsUpdates()
    {
        var plan = new TrainingPlan(Settings);

        var lines = Lines(plan);

        Assert.Equal(Header, lines[0]);
        Assert.Equal(
            plan.EnumerateUpdates().Select(update => new object[]
            {
                update.Step,
                update.End / 100.0,
                update.End,
                update.HyperParameters.LearningRate,
                update.HyperParameters.BatchSize,
                update.HyperParameters.Momentum,
                update.HyperParameters.WeightDecay,
            }),
            lines.Skip(1).Select(line => line.Split(',')).Select(cells => new object[]
            {
                long.Parse(cells[0]), double.Parse(cells[1]), long.Parse(cells[2]), double.Parse(cells[3]), long.Parse(cells[4]), double.Parse(cells[5]), double.Parse(cells[6]),
            }));
    }

    [Fact]
    public void Write_ShortPlan_RowsThatCanBeCheckedInTheHead() =>
        Assert.Equal(
            [Header, "1,0.25,25,1,25,0.5,0", "2,0.5,50,0.75,25,0.5,0", "3,0.75,75,0.5,25,0.5,0", "4,1,100,0.25,25,0.5,0"],
            Lines(new TrainingPlan(new PlanSettings
            {
                Length = Duration.Epochs(1),
                SamplesPerEpoch = 100,
                LearningRate = new Linear(1, 0),
                BatchSize = 25,
                Momentum = 0.5,
            })));

    [Theory]
    [InlineData(1, "1 2 3 4 5")]
    [InlineData(2, "2 4 5")]
    [InlineData(5, "5")]
    [InlineData(1000, "5")]
    public void Write_Every_EachNthAndTheLast(long every, string steps)
    {
        var plan = new TrainingPlan(Settings with { Length = Duration.Batches(5), BatchSize = 10 });

        Assert.Equal(steps, string.Join(' ', Lines(plan, every).Skip(1).Select(line => line.Split(',')[0])));
    }

    [Fact]
    public void Write_NoDataSize_EmptyEpoch()
    {
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(1), LearningRate = 1, BatchSize = 4 });

        Assert.Equal([Header, "1,,4,1,4,0,0"], Lines(plan));
    }

    [Fact]
    public void Write_Groups_ThreeColumnsEach()
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(1),
            LearningRate = 1,
            BatchSize = 4,
            Groups = [new GroupSettings("head", LearningRate: 2), new GroupSettings("a,b", WeightDecay: 3)],
        });

        Assert.Equal(
            [
                Header + ",head.learning_rate,head.momentum,head.weight_decay,\"a,b.learning_rate\",\"a,b.momentum\",\"a,b.weight_decay\"",
                "1,,4,1,4,0,0,2,0,0,1,0,3",
            ],
            Lines(plan));
    }

    [Theory]
    [InlineData(NoiseForm.SmallBatch, 8, 4)]
    [InlineData(NoiseForm.Exact, 6, 2)]
    public void Write_NoiseScale_AColumnBeforeThoseOfGroups(NoiseForm form, double first, double last)
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(1),
            SamplesPerEpoch = 100,
            LearningRate = 1,
            BatchSize = new MultiStep(25, 2, [Duration.Samples(50)]),
            Momentum = 0.5,
            Groups = [new GroupSettings("head", LearningRate: 2)],
        });

        var lines = Lines(plan, noise: form);

        Assert.Equal(Header + ",noise_scale,head.learning_rate,head.momentum,head.weight_decay", lines[0]);
        Assert.Equal([$"1,0.25,25,1,25,0.5,0,{first},2,0.5,0", $"3,1,100,1,50,0.5,0,{last},2,0.5,0"], [lines[1], lines[3]]);
    }

    [Fact]
    public void Write_ExponentialRate_ColumnsThatCanBeCheckedInTheHead()
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Samples(12),
            LearningRate = Schedule.Parse("table(0sp: 1, 8sp: 0)"),
            BatchSize = 4,
            WeightDecay = 0.9,
            Groups = [new GroupSettings("head", LearningRate: 0), new GroupSettings("other")],
        });

        var lines = Lines(plan, exponential: new ExponentialRewrite());

        Assert.Equal(
            Header + ",log10_exponential_rate,log10_growth"
            + string.Concat(new[] { "head", "other" }.Select(name => $",{name}.learning_rate,{name}.momentum,{name}.weight_decay,{name}.log10_exponential_rate,{name}.log10_growth")),
            lines[0]);
        Assert.Equal(
            ["1,,4,1,4,0,0.9,1,0,0,0,0.9,-Infinity,0,1,0,0.9,1,0", "2,,8,1,4,0,0.9,3,1,0,0,0.9,-Infinity,0,1,0,0.9,3,1", "3,,12,0,4,0,0.9,-Infinity,2,0,0,0.9,-Infinity,0,0,0,0.9,-Infinity,2"],
            lines.Skip(1).Select(Rounded));
    }

    [Fact]
    public void Write_ExponentialRate_ThatOfTheLibrary()
    {
        var plan = new TrainingPlan(Settings with { Groups = [new GroupSettings("head", LearningRate: 0.2)] });

        var rows = Lines(plan, exponential: new ExponentialRewrite()).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell)).ToArray()).ToList();

        Assert.Equal(Columns(plan.ToExponential()), rows.Select(row => (row[7], row[8])));
        Assert.Equal(Columns(plan.ToExponential(group: "head")), rows.Select(row => (row[12], row[13])));

        static IEnumerable<(double, double)> Columns(ExponentialPlan rates) =>
            rates.EnumerateUpdates().Select(update => (update.LogRate / Math.Log(10), update.LogGrowth / Math.Log(10)));
    }

    [Fact]
    public void Write_Cancelled_LeavesTheOldFileAndNoOther()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var path = Path.Combine(folder.Path, "plan.csv");
        File.WriteAllText(path, "old");
        source.Cancel();
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(10_000), LearningRate = 1, BatchSize = 1 });

        Assert.Throws<OperationCanceledException>(() => PlanCsv.Write(path, plan, 1, null, null, source.Token));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Write_EveryBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanCsv.Write("x", new TrainingPlan(Settings), 0, null, null, CancellationToken.None));

    private static string Rounded(string line) =>
        string.Join(',', line.Split(',').Select(cell => cell.Length == 0 ? "" : double.Parse(cell) is var value && double.IsFinite(value) ? $"{Math.Round(value, 12)}" : cell));

    private static string[] Lines(TrainingPlan plan, long every = 1, NoiseForm? noise = null, ExponentialRewrite? exponential = null)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plan.csv");
        PlanCsv.Write(path, plan, every, noise, exponential, CancellationToken.None);
        var text = File.ReadAllText(path);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }
}
