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
        Assert.Equal(state, AutoWarmupState.Parse(state.ToJson()));

        var switched = new AutoWarmupState { Switch = new AutoWarmupSwitch(10, 1000, 0.1, AutoWarmupReason.EndOfWarmup) };
        Assert.Equal(switched, AutoWarmupState.Parse(switched.ToJson()));
        Assert.Equal(
            """{"version":1,"plan":null,"losses":[],"tests":0,"verdicts":0,"probability":null,"signal_variance":null,"noise_variance":null,"search":null,"""
            + """
            "switch":{"updates":10,"samples":1000,"learning_rate":0.1,"reason":"end-of-warm-up","minimum":null}}
            """,
            switched.ToJson());
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
        Assert.Equal(state, AutoWarmupState.Parse(state.ToJson()));
    }

    [Theory]
    [InlineData("", "the saved state cannot be read at $")]
    [InlineData("null", "the saved state is null")]
    [InlineData("{}", "the saved state cannot be read at $")]
    [InlineData("""{"version":1,"losses":7}""", "the saved state cannot be read at $.losses")]
    [InlineData("""{"version":1,"losses":[true]}""", "the saved state cannot be read at $")]
    [InlineData("""{"version":1,"losses":["nan"]}""", "the saved state cannot be read at $.losses")]
    [InlineData("""{"version":1,"losses":[],"rate":1}""", "the saved state cannot be read at $.rate")]
    [InlineData("""{"version":2,"losses":[]}""", "the saved state is of version 2, but this library reads version 1.")]
    [InlineData("""{"version":1,"losses":[],"tests":1,"verdicts":2}""", "the saved state has 2 verdicts of 1 tests")]
    [InlineData("""{"version":1,"losses":[],"switch":{"updates":3,"samples":2,"learning_rate":1,"reason":"minimum"}}""", "the saved state switched after 3 updates and 2 samples")]
    public void Parse_Wrong_OneSentence(string json, string start) =>
        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => AutoWarmupState.Parse(json)).Message, StringComparison.Ordinal);
}
