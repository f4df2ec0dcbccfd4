using Rubato.Control;
using Rubato.Tests.Numerics;

namespace Rubato.Tests.Control;

public sealed class AutoWarmupStateTests
{
    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new AutoWarmupState
        {
            Losses = LossHistory.Of(0.1, 1.0 / 3, -0.0, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
            Tests = 4,
            Verdicts = 2,
            Probability = 0.3,
            SignalVariance = 1e-7,
            NoiseVariance = 2.0 / 3,
            Search = VarianceSearch.Start with { Steps = 400, RawSignal = 0.1 },
        };
        Assert.Equal(state, SavedState.Restored(state));

        var switched = new AutoWarmupState { Switch = new AutoWarmupSwitch(10, 1000, 0.1, AutoWarmupReason.EndOfWarmup) };
        Assert.Equal(switched, SavedState.Restored(switched));
        Assert.Equal(
            """{"kind":"autowarmup","losses":[],"tests":0,"verdicts":0,"probability":null,"signal_variance":null,"noise_variance":null,"search":null,"""
            + """
            "switch":{"updates":10,"samples":1000,"learning_rate":0.1,"reason":"end-of-warm-up","minimum":null}}
            """,
            SavedState.Write(switched));
    }

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Parse_PowersOfTwo_ToTheLastBit(double value)
    {
        var state = new AutoWarmupState
        {
            Losses = LossHistory.Of(value, -value),
            Probability = value,
            SignalVariance = value,
            Search = VarianceSearch.Start with { RawSignal = value },
            Switch = new AutoWarmupSwitch(10, 1000, value, AutoWarmupReason.EndOfWarmup),
        };
        Assert.Equal(state, SavedState.Restored(state));
    }

    [Theory]
    [InlineData("""{"kind":"autowarmup"}""", "the saved run cannot be read at $.controller")]
    [InlineData("""{"kind":"autowarmup","losses":7}""", "the saved run cannot be read at $.controller.losses")]
    [InlineData("""{"kind":"autowarmup","losses":[true]}""", "the saved run cannot be read at $.controller")]
    [InlineData("""{"kind":"autowarmup","losses":["nan"]}""", "the saved run cannot be read at $.controller.losses")]
    [InlineData("""{"kind":"autowarmup","losses":[],"rate":1}""", "the saved run cannot be read at $.controller.rate")]
    [InlineData("""{"kind":"autowarmup","losses":[],"tests":1,"verdicts":2}""", "the saved warm-up has 2 verdicts of 1 tests")]
    [InlineData("""{"kind":"autowarmup","losses":[],"switch":{"updates":3,"samples":2,"learning_rate":1,"reason":"minimum"}}""", "the saved warm-up ended after 3 updates and 2 samples")]
    public void Parse_Wrong_OneSentence(string json, string start) =>
        Assert.StartsWith(start, SavedState.Message(json), StringComparison.Ordinal);
}
