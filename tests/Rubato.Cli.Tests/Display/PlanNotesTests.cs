using Rubato.Cli.Display;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Tests.Display;

public sealed class PlanNotesTests
{
    private static readonly PlanSettings TenEpochs = new() { Length = Duration.Epochs(10), SamplesPerEpoch = 100, LearningRate = 1, BatchSize = 10 };

    [Theory]
    [InlineData("cosine(1 -> 0)", null)]
    [InlineData("cosine(1 -> 0, 9.5ep)", null)]
    [InlineData("cosine(1 -> 0, 5ep)", "the learning rate ends at epoch 5 and holds its last value, 0, up to epoch 10.")]
    [InlineData("linear(0 -> 1, 5ep) then cosine(1 -> 0.25, 3ep)", "the learning rate ends at epoch 8 and holds its last value, 0.25, up to epoch 10.")]
    [InlineData("multi-step(1, gamma 0.1, at 3ep 6ep)", null)]
    [InlineData("cosine(1 -> 0, 20ep)", "the learning rate goes on to epoch 20, but the plan ends at epoch 10: it is cut.")]
    [InlineData("sgdr(1 -> 0, first 3ep)", null)]
    [InlineData("warmup(cosine(1 -> 0), 2ba)", "the warm-up begins at 0, so that the first of its 2 updates changes nothing; begin it above 0, or make it longer.")]
    [InlineData("warmup(cosine(1 -> 0), 2ba, from 0.1)", null)]
    [InlineData("warmup(cosine(1 -> 0), 2ep)", null)]
    public void About_LearningRate_WhereItEnds(string rate, string? note) =>
        Assert.Equal(note is null ? [] : [note], About(TenEpochs with { LearningRate = Schedule.Parse(rate) }));

    [Fact]
    public void About_OtherQuantities_TheirNames() =>
        Assert.Equal(
            [
                "the momentum goes on to sample 2,000, but the plan ends at sample 1,000: it is cut.",
                "the weight decay ends at sample 100 and holds its last value, 0.5, up to sample 1,000.",
            ],
            About(TenEpochs with
            {
                Length = Duration.Batches(100),
                SamplesPerEpoch = null,
                Momentum = Schedule.Parse("linear(0 -> 0.9, 200ba)"),
                WeightDecay = Schedule.Parse("linear(1 -> 0.5, 100sp)"),
            }));

    [Theory]
    [InlineData(30, EpochTail.Cut, "the last batch of an epoch is cut to 10 samples.")]
    [InlineData(33, EpochTail.Cut, "the last batch of an epoch is cut to 1 sample.")]
    [InlineData(25, EpochTail.Cut, null)]
    [InlineData(30, EpochTail.Carry, null)]
    public void About_BatchesThatDoNotFillAnEpoch_HowTheyAreCut(int batch, EpochTail tail, string? note) =>
        Assert.Equal(note is null ? [] : [note], About(TenEpochs with { BatchSize = batch, Tail = tail }));

    private static IEnumerable<string> About(PlanSettings settings) =>
        PlanNotes.About(PlanSurvey.Of(new TrainingPlan(settings), TestContext.Current.CancellationToken));
}
