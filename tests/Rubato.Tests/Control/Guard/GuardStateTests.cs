using Rubato.Control;
using Rubato.Tests.Numerics;

namespace Rubato.Tests.Control;

public sealed class GuardStateTests
{
    private const string Text =
        """{"start_loss":2.25,"smoothed":0.1,"best":null,"start_norm":1.5,"norm":0.3,"updates":7,"since_kept":3,"since_near_best":2,"rollbacks":1,"scale":0.31622776601683794,"decision":"roll_back"}""";

    private const string Whole = $$"""{"kind":"guarded","inner":{"kind":"none"},"guard":{{Text}}}""";

    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new GuardState
        {
            StartLoss = 2.25,
            Smoothed = 0.1,
            Best = null,
            StartNorm = 1.5,
            Norm = 0.3,
            Updates = 7,
            SinceKept = 3,
            SinceNearBest = 2,
            Rollbacks = 1,
            Scale = 1 / Math.Sqrt(10),
            Decision = GuardDecision.RollBack,
        };
        Assert.Equal(Whole, SavedState.Write(new GuardedState(ControllerState.None, state)));
        Assert.Equal(new GuardedState(ControllerState.None, state), SavedState.Read(Whole));
    }

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Parse_PowersOfTwo_ToTheLastBit(double value)
    {
        var state = new GuardState
        {
            StartLoss = value,
            Smoothed = value,
            Best = -value,
            StartNorm = value,
            Norm = value,
            Updates = 7,
            SinceKept = 3,
            SinceNearBest = 2,
            Rollbacks = 1,
            Scale = value,
            Decision = GuardDecision.Keep,
        };
        Assert.Equal(state, SavedState.Restored(new GuardedState(ControllerState.None, state)).Guard);
    }

    [Theory]
    [InlineData("\"updates\":7", "\"updates\":-7", "the saved guard has -7 updates, 3 since it kept a snapshot, 2 since it was near its best and 1 rollbacks; each must be at least 0.")]
    [InlineData("0.31622776601683794", "0", "the saved guard has the scale 0 and")]
    [InlineData("\"roll_back\"", "9", "the saved guard has the scale 0.31622776601683794 and the decision 9")]
    [InlineData("\"roll_back\"", "\"back\"", "the saved run cannot be read at $.controller.guard.decision")]
    [InlineData("\"best\":null,", "", "the saved run cannot be read at $.controller.guard")]
    [InlineData("\"best\":null", "\"worst\":null", "the saved run cannot be read at $.controller.guard.worst")]
    public void Parse_Wrong_OneSentence(string part, string changed, string start) =>
        Assert.StartsWith(start, SavedState.Message(Whole.Replace(part, changed, StringComparison.Ordinal)), StringComparison.Ordinal);
}
