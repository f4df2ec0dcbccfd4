using Rubato.Cli.Display;
using Rubato.Rewrites;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Tests.Display;

public sealed class ExponentialReportTests
{
    // Half of the weights remain after each update: 2^(2t + 1).
    private static readonly PlanSettings Halving = new()
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 100,
        LearningRate = 1,
        BatchSize = 100,
        WeightDecay = 0.5,
    };

    [Fact]
    public void Rows_NotAskedFor_None() =>
        Assert.Empty(ExponentialReport.Rows(PlanSurvey.Of(new TrainingPlan(Halving), TestContext.Current.CancellationToken)));

    [Fact]
    public void Rows_ConstantValues_TheirGrowth() => Assert.Equal(
        [
            "exponential rate: highest 10^5.72 at update 10 (epoch 10); lowest 10^0.30 at update 1 (epoch 1)",
            "  epochs 0 .. 10: 10^0.30 .. 10^5.72, grows 4.0000-fold an epoch",
            "  beyond float32: never",
        ],
        Rows(Halving));

    [Fact]
    public void Rows_TrainingSetUnknown_ByUpdates() => Assert.Equal(
        [
            "exponential rate: highest 10^60.51 at update 101; lowest 10^0.30 at update 1",
            "  updates 1 .. 101: 10^0.30 .. 10^60.51, grows 4.0000-fold an update",
            "  beyond float32: first 10^38.83 at update 65",
        ],
        Rows(Halving with { SamplesPerEpoch = null, Length = Duration.Batches(101) }));

    [Theory]
    [InlineData(100, "grows 4.0000-fold an epoch")]
    [InlineData(10, "grows 10^6.02-fold an epoch")]
    public void Rows_FastGrowth_APowerOfTen(long batch, string growth) =>
        Assert.EndsWith(growth, Rows(Halving with { BatchSize = batch })[1], StringComparison.Ordinal);

    [Fact]
    public void Rows_SlowGrowth_ItsDigits() =>
        Assert.EndsWith("grows 1.00002-fold an epoch", Rows(Halving with { WeightDecay = 1e-5 })[1], StringComparison.Ordinal);

    [Fact]
    public void Rows_RateThatMoves_GrowthOnAverage()
    {
        var rows = Rows(Halving with { LearningRate = Schedule.Parse("table(0ba: 0, 5ba: 1)") });

        Assert.Equal("exponential rate: highest 10^2.71 at update 10 (epoch 10); lowest 0 at update 1 (epoch 1)", rows[0]);
        Assert.Equal("  epochs 5 .. 10: 10^0.30 .. 10^2.71, grows 4.0000-fold an epoch", rows[1]);
        Assert.Equal("  growth on average: 2.0000-fold an epoch, by the weight decay", rows[2]);
    }

    [Fact]
    public void Rows_Group_Named() => Assert.Equal(
        "exponential rate of head: highest 10^5.72 at update 10 (epoch 10); lowest 10^0.30 at update 1 (epoch 1)",
        Rows(Halving with { LearningRate = 0.5, Groups = [new GroupSettings("head", LearningRate: 1)] })[3]);

    [Theory]
    [InlineData("texp", "0ba: 1", "1, before update 1")]
    [InlineData("texp", "0ba: 1, 5ba: 0.5", "2, before updates 1; 6")]
    [InlineData("texp(corrections none)", "0ba: 1, 5ba: 0.5", "2 left out, before updates 1; 6")]
    [InlineData("texp", "0ba: 1, 1ba: 0.9, 2ba: 0.8, 3ba: 0.7, 4ba: 0.6, 5ba: 0.5", "6")]
    public void Rows_Steps_BufferCorrections(string form, string rates, string corrections) =>
        Assert.Equal($"  buffer corrections: {corrections}", Rows(Halving with { LearningRate = Schedule.Parse($"table({rates})") }, form)[^1]);

    [Fact]
    public void Notes_NoWeightDecay_SaidSo()
    {
        Assert.Equal(
            ["without weight decay there is nothing that texp could write as growth: the exponential rate is the learning rate; add --weight-decay."],
            ExponentialReport.Notes(Survey(Halving with { WeightDecay = 0 }, "texp")));
        Assert.Empty(ExponentialReport.Notes(Survey(Halving with { WeightDecay = 0, Groups = [new GroupSettings("head", WeightDecay: 0.1)] }, "texp")));
        Assert.Empty(ExponentialReport.Notes(Survey(Halving with { LearningRate = 0 }, "texp")));
    }

    private static List<string> Rows(PlanSettings settings, string form = "exponential") =>
        [.. ExponentialReport.Rows(Survey(settings, form)).Select(row => $"{row.Name}: {row.Value}")];

    private static PlanSurvey Survey(PlanSettings settings, string form) =>
        PlanSurvey.Of(new TrainingPlan(settings), noise: null, ExponentialRewrite.Parse(form), TestContext.Current.CancellationToken);
}
