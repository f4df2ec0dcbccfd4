using Rubato.Torch;
using static TorchSharp.torch;

namespace TrainerSamples;

/// <summary>Three noisy rings around one another: which of them is a point of?</summary>
public static class Rings
{
    public const int Classes = 3;

    /// <summary>Draws points by libtorch's random state, into the current dispose scope.</summary>
    public static ISamples<SupervisedBatch> Draw(int count, double noise = 0.15)
    {
        var classes = arange(count) % Classes;
        var angles = rand(count) * 2 * Math.PI;
        var radii = classes + 1 + (randn(count) * noise);
        return Samples.Of(stack([radii * angles.cos(), radii * angles.sin()], 1), classes);
    }
}
