using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class BatchGrowthTests
{
    private const string Text =
        """{"version":1,"batch":256,"changes":1,"last_noise_scale":600.25,"noise":{"count":7,"squared_norm":0.3333333333333333,"trace":-2.5}}""";

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
        Assert.Equal(Text, state.ToJson());
        Assert.Equal(state, BatchGrowth.Parse(Text));
        Assert.Equal(new BatchGrowth { Batch = 1 }, BatchGrowth.Parse(new BatchGrowth { Batch = 1 }.ToJson()));
    }

    [Theory]
    [InlineData("null", "the saved batch is null;")]
    [InlineData("{}", "the saved batch cannot be read at $;")]
    [InlineData("""{"version":1,"batch":"x"}""", "the saved batch cannot be read at $.batch;")]
    [InlineData("""{"version":1,"batch":1,"more":1}""", "the saved batch cannot be read at $.more;")]
    [InlineData("""{"version":2,"batch":1}""", "the saved batch is of version 2, but this library reads version 1.")]
    [InlineData("""{"version":1,"batch":0}""", "the saved batch has 0 samples after 0 changes;")]
    [InlineData("""{"version":1,"batch":1,"changes":-1}""", "the saved batch has 1 samples after -1 changes;")]
    [InlineData("""{"version":1,"batch":1,"noise":{"count":-1}}""", "the saved batch has -1 measurements with the means 0 and 0;")]
    [InlineData("""{"version":1,"batch":1,"noise":{"count":1,"trace":"NaN"}}""", "the saved batch has 1 measurements with the means 0 and NaN;")]
    public void Parse_Wrong_OneSentence(string json, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<InvalidInputException>(() => BatchGrowth.Parse(json)).Message, StringComparison.Ordinal);
}
