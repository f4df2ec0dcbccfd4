using Rubato.Control;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class ControllerStateTextTests
{
    private static readonly GuardState Guard = new LossGuard(10).Observe(0.1, 0.3, new LossGuard(10).InitialState);

    [Fact]
    public void Parse_Written_Equal()
    {
        var warmup = new AutoWarmupState { Tests = 3, Verdicts = 1 };
        var plateau = new PlateauState { Scale = 0.5, Reductions = 1, Best = 0.3, Bad = 2, Means = 4, LastMean = double.NaN };
        var growth = new BatchGrowth
        {
            Batch = 96,
            Changes = 2,
            LastNoiseScale = 1e3 / 3,
            Noise = new NoiseAverage { Count = 7, SquaredNorm = -0.1, Trace = 1.0 / 3 },
        };
        ControllerState[] states =
        [
            ControllerState.None, warmup, new ReduceOnPlateauState(ControllerState.None, plateau), new ReduceOnPlateauState(warmup, plateau),
            new AdaptiveBatchState(ControllerState.None, growth), new AdaptiveBatchState(new ReduceOnPlateauState(warmup, plateau), growth),
        ];
        foreach (var state in (IEnumerable<ControllerState>)[.. states, .. states.Select(inner => new GuardedState(inner, Guard))])
        {
            Assert.Equal(state, ControllerStateText.Parse(ControllerStateText.Of(state)));
        }
    }

    [Fact]
    public void Of_UnknownKind_IsRefused() => Assert.Throws<ArgumentException>(() => ControllerStateText.Of(new Unknown()));

    [Theory]
    [InlineData("{")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"guarded\"}")]
    [InlineData("{\"kind\":\"plateau\",\"inner\":{\"kind\":\"none\"}}")]
    [InlineData("{\"kind\":\"adaptive-batch\",\"inner\":{\"kind\":\"none\"}}")]
    [InlineData("{\"kind\":\"other\"}")]
    public void Parse_Wrong_OneSentence(string text) =>
        Assert.StartsWith(
            "the saved controller", Assert.Throws<InvalidInputException>(() => ControllerStateText.Parse(text)).Message, StringComparison.Ordinal);

    private sealed record Unknown : ControllerState;
}
