using Rubato.Cli.Display;
using Rubato.Rewrites;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Tests.Display;

public sealed class PlanReportTests
{
    private static readonly PlanSettings OneEpoch = new()
    {
        Length = Duration.Epochs(1),
        SamplesPerEpoch = 1000,
        LearningRate = Schedule.Parse("linear(0.5 -> 0)"),
        BatchSize = 100,
        Momentum = 0.9,
        WeightDecay = 5e-4,
    };

    [Fact]
    public void Of_Plan_Figures() =>
        Assert.Equal(
            """
            length         1 epoch, 1,000 samples
            updates        10 (10 an epoch)
            learning rate  highest 0.5 at update 1 (epoch 0.1); lowest 0.05 at update 10 (epoch 1)
            batch size     100
            momentum       0.9
            weight decay   5e-4

            """,
            PlanReport.Of(Survey(OneEpoch)));

    [Fact]
    public void Of_PlanInBatchesOfUnknownData_NoEpochs() =>
        Assert.Equal(
            """
            length         20ba: 2,000 samples
            updates        20
            learning rate  highest 0.5 at update 1; lowest 0.025 at update 20

            """,
            PlanReport.Of(Survey(OneEpoch with { Length = Duration.Batches(20), SamplesPerEpoch = null })).Split("batch size")[0]);

    [Fact]
    public void Of_UpdatesThatDoNotFillTheBudget_WhatTheySee() =>
        Assert.StartsWith(
            """
            length         1 epoch, 1,000 samples; the updates see 1,050
            updates        3 (2.85714 an epoch)

            """,
            PlanReport.Of(Survey(OneEpoch with { BatchSize = 350 })),
            StringComparison.Ordinal);

    [Fact]
    public void Of_Groups_TheirOwnSchedules() =>
        Assert.EndsWith(
            """
            weight decay           5e-4
            learning rate of head  2
            weight decay of norm   0

            """,
            PlanReport.Of(Survey(OneEpoch with
            {
                Groups = [new GroupSettings("head", LearningRate: 2), new GroupSettings("norm", WeightDecay: 0)],
            })),
            StringComparison.Ordinal);

    [Fact]
    public void Of_LongPlan_SaysThatItIsSampled()
    {
        var report = PlanReport.Of(Survey(OneEpoch with { BatchSize = 1, Length = Duration.Epochs(4000) }));

        Assert.Contains(
            "updates        4,000,000 (1,000 an epoch)\nlearning rate  highest 0.5 at about epoch 0; lowest 2.5e-6 at about epoch ",
            report,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "note: sampled: curves and extremes are those of 200,000 evenly spaced places.\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_TwoPlans_ARowEachAndTheirNotes() =>
        Assert.Equal(
            """
            plan  updates  samples  peak rate  largest batch  final rate
               1       10    1,000        0.5            100        0.05
               3    2,000    2,000          2              1           2
            note on plan 3: the momentum goes on to epoch 3, but the plan ends at epoch 2: it is cut.

            """,
            PlanReport.Comparison(
                [
                    new NamedPlan("a", Survey(OneEpoch)),
                    new NamedPlan("b", Survey(OneEpoch with
                    {
                        LearningRate = 2,
                        BatchSize = 1,
                        Length = Duration.Epochs(2),
                        Momentum = Schedule.Parse("linear(0 -> 0.9, 3ep)"),
                    })),
                ],
                ['1', '3']));

    [Theory]
    [InlineData(NoiseForm.SmallBatch, "noise scale (small batch)  highest 50 at update 1 (epoch 0.1); lowest 5 at update 10 (epoch 1)")]
    [InlineData(NoiseForm.Exact, "noise scale (exact)  highest 45 at update 1 (epoch 0.1); lowest 4.5 at update 10 (epoch 1)")]
    public void Of_NoiseScale_ItsFormAndItsExtremes(NoiseForm form, string row) =>
        Assert.EndsWith($"\n{row}\n", PlanReport.Of(Survey(OneEpoch, form)), StringComparison.Ordinal);

    [Fact]
    public void Comparison_NoiseScale_AColumnAndItsFormula() =>
        Assert.Equal(
            """
            plan  updates  samples  peak rate  largest batch  final rate  noise scale
               1       10    1,000        0.5            100        0.05    45 .. 4.5
               2       10    1,000        0.1            100         0.1            9
            noise scale (exact): lr / (1 - m) (N / B - 1), at the first and the last update

            """,
            PlanReport.Comparison(
                [
                    new NamedPlan("a", Survey(OneEpoch, NoiseForm.Exact)),
                    new NamedPlan("b", Survey(OneEpoch with { LearningRate = 0.1 }, NoiseForm.Exact)),
                ],
                ['1', '2']));

    private static PlanSurvey Survey(PlanSettings settings, NoiseForm? noise = null) =>
        PlanSurvey.Of(new TrainingPlan(settings), noise, TestContext.Current.CancellationToken);
}
