using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class BatchGrowthTests
{
    private const string Text =
        """{"batch":256,"changes":1,"last_noise_scale":600.25,"noise":{"count":7,"squared_norm":0.3333333333333333,"trace":-2.5}}""";

    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new BatchGrowth
        {
            Batch = 256,
            Changes = 1,
            LastNoiseScale = 600.25,
            Noise = new NoiseAverage { Count = 7, SquaredNorm = 1.0 / 3, Trace = -2.5 },
        };
        Assert.Equal(Whole(Text), SavedState.Write(new AdaptiveBatchState(ControllerState.None, state)));
        Assert.Equal(new AdaptiveBatchState(ControllerState.None, state), SavedState.Read(Whole(Text)));
        Assert.Equal(new BatchGrowth { Batch = 1 }, SavedState.Restored(new AdaptiveBatchState(ControllerState.None, new BatchGrowth { Batch = 1 })).Growth);
    }

    [Theory]
    [InlineData("null", "the saved run cannot be read at $.controller.growth;")]
    [InlineData("{}", "the saved run cannot be read at $.controller.growth;")]
    [InlineData("""{"batch":"x"}""", "the saved run cannot be read at $.controller.growth.batch;")]
    [InlineData("""{"batch":1,"more":1}""", "the saved run cannot be read at $.controller.growth.more;")]
    [InlineData("""{"batch":0}""", "the saved batch has 0 samples after 0 changes;")]
    [InlineData("""{"batch":1,"changes":-1}""", "the saved batch has 1 samples after -1 changes;")]
    [InlineData("""{"batch":1,"noise":{"count":-1}}""", "the saved batch has -1 measurements with the means 0 and 0;")]
    [InlineData("""{"batch":1,"noise":{"count":1,"trace":"NaN"}}""", "the saved batch has 1 measurements with the means 0 and NaN;")]
    public void Parse_Wrong_OneSentence(string json, string sentence) =>
        Assert.StartsWith(sentence, SavedState.Message(Whole(json)), StringComparison.Ordinal);

    private static string Whole(string growth) => $$"""{"kind":"adaptive-batch","inner":{"kind":"none"},"growth":{{growth}}}""";
}
