using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Records;

public sealed class BestEpochStateTests
{
    [Fact]
    public void FromJson_WhatToJsonWrote_Equal()
    {
        Assert.Equal("""{"best":null,"since":0}""", BestEpochState.Initial.ToJson());
        Assert.Equal(BestEpochState.Initial, BestEpochState.FromJson(BestEpochState.Initial.ToJson()));
        var state = new BestEpochState(Samples.Best(), 3);
        var json = state.ToJson();
        Assert.StartsWith("""{"best":{"watched":"validation-loss","value":0.3,"epoch":2.5,"updates":""", json, StringComparison.Ordinal);
        Assert.Equal(state, BestEpochState.FromJson(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"best":null,"since":-1}""")]
    [InlineData("""{"best":{},"since":0}""")]
    [InlineData("""{"best":null,"since":0,"more":1}""")]
    public void FromJson_Damaged_OneSentence(string json) => Assert.Equal(
        "the saved memory of the best epoch cannot be read; it must be what BestEpochState.ToJson wrote.",
        Assert.Throws<InvalidInputException>(() => BestEpochState.FromJson(json)).Message);
}
