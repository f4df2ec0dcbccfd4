using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class PolyakStateTests
{
    private const string Whole = """{"kind":"polyak","inner":{"kind":"none"},"base":0.1,"loss":0.3333333333333333,"descent":-2.5}""";

    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new PolyakState(ControllerState.None, 0.1) { Loss = 1.0 / 3, Descent = -2.5 };
        Assert.Equal(Whole, SavedState.Write(state));
        Assert.Equal(state, SavedState.Read(Whole));
        Assert.Equal(new PolyakState(ControllerState.None, 1), SavedState.Restored(new PolyakState(ControllerState.None, 1)));
    }

    [Theory]
    [InlineData("\"base\":0.1", "\"base\":0", "the saved polyak has the base 0; it must be a finite number above 0.")]
    [InlineData("\"base\":0.1", "\"base\":\"Infinity\"", "the saved polyak has the base Infinity; it must be a finite number above 0.")]
    [InlineData("\"base\":0.1,", "", "the saved run cannot be read at $.controller")]
    [InlineData("\"loss\":0.3333333333333333,", "", "the saved run cannot be read at $.controller")]
    [InlineData("\"loss\":0.3333333333333333", "\"loss\":-1", "the saved polyak has the loss -1; it must be a finite number of at least 0.")]
    [InlineData("\"loss\":0.3333333333333333", "\"loss\":\"NaN\"", "the saved polyak has the loss NaN; it must be a finite number of at least 0.")]
    [InlineData("\"descent\":-2.5", "\"descent\":\"NaN\"", "the saved polyak has the descent NaN; it must be a finite number.")]
    [InlineData("\"descent\":-2.5", "\"ascent\":2.5", "the saved run cannot be read at $.controller")]
    public void Parse_Wrong_OneSentence(string part, string changed, string start) =>
        Assert.StartsWith(start, SavedState.Message(Whole.Replace(part, changed, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Parse_PowersOfTwo_ToTheLastBit() => Assert.All(
        Enumerable.Range(-1022, 2046).Select(exponent => new PolyakState(ControllerState.None, Math.ScaleB(1, exponent)) { Descent = Math.ScaleB(-1, exponent) }),
        state => Assert.Equal(state, SavedState.Restored(state)));
}
