using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class PlateauStateTests
{
    private const string Text =
        """{"scale":0.1,"reductions":1,"best":0.3333333333333333,"bad":2,"cooldown":3,"means":9,"last_mean":"NaN","mean":2.5,"samples":40,"updates":4}""";

    private const string Whole = $$"""{"kind":"plateau","inner":{"kind":"none"},"plateau":{{Text}}}""";

    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new PlateauState
        {
            Scale = 0.1,
            Reductions = 1,
            Best = 1.0 / 3,
            Bad = 2,
            Cooldown = 3,
            Means = 9,
            LastMean = double.NaN,
            Mean = 2.5,
            Samples = 40,
            Updates = 4,
        };
        Assert.Equal(Whole, SavedState.Write(new ReduceOnPlateauState(ControllerState.None, state)));
        Assert.Equal(new ReduceOnPlateauState(ControllerState.None, state), SavedState.Read(Whole));
        Assert.Equal(new PlateauState(), Restored(new PlateauState()));
    }

    [Theory]
    [InlineData("\"scale\":0.1", "\"scale\":0", "the saved plateau has the scale 0; it must be above 0 and at most 1.")]
    [InlineData("\"scale\":0.1,", "", "the saved run cannot be read at $.controller.plateau")]
    [InlineData("\"scale\":0.1", "\"scale\":\"NaN\"", "the saved plateau has the scale NaN; it must be above 0 and at most 1.")]
    [InlineData("\"bad\":2", "\"bad\":-2", "the saved plateau has 1 reductions, -2 bad means, a cooldown of 3 and 9 means; each must be at least 0.")]
    [InlineData("\"updates\":4", "\"updates\":41", "the saved plateau has 41 updates and 40 samples since the last mean; there must be at least one sample for each update.")]
    [InlineData("\"updates\":4", "\"updates\":-3", "the saved plateau has -3 updates since the last mean; it must have at least 0.")]
    [InlineData("\"mean\":2.5", "\"median\":2.5", "the saved run cannot be read at $.controller.plateau.median")]
    public void Parse_Wrong_OneSentence(string part, string changed, string start) =>
        Assert.StartsWith(start, SavedState.Message(Whole.Replace(part, changed, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Parse_PowersOfTwo_ToTheLastBit() => Assert.All(
        Enumerable.Range(0, 1075).Select(exponent => new PlateauState { Scale = Math.ScaleB(1, -exponent), Best = double.NegativeInfinity }).Where(state => state.Scale > 0),
        state => Assert.Equal(state, Restored(state)));

    private static PlateauState Restored(PlateauState state) => SavedState.Restored(new ReduceOnPlateauState(ControllerState.None, state)).Plateau;
}
