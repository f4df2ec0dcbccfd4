using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class GrowingTests
{
    [Fact]
    public void Verify_WeightDecayAsGrowth_SameFunctionAndTrained()
    {
        using var output = new StringWriter();

        var (outcome, run) = Learned.OnOneThread(() => Growing.Verify(output));

        Assert.Equal(VerificationEnd.Completed, outcome.End);
        Assert.InRange(outcome.Judged, 6, 6);
        Assert.InRange(outcome.LargestFunctionDifference, 0, 1e-8);
        Assert.StartsWith("holds: True; the outputs differ by ", $"{output}", StringComparison.Ordinal);
        Learned.Right(run, atLeast: 0.9);

        // Both linear layers that a normalization follows, and the bias before the layer normalization.
        Assert.Equal((2 * 32) + (32 * 32) + 32, run.Summary.Exponential!.ScaleInvariant);
    }
}
