using Rubato.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Cli.Catalog;

/// <summary>A network that was read and can be built, and what it wants of its surroundings.</summary>
/// <param name="Build">
/// Builds it on the CPU for an input: (N, C, H, W) or (N, C) to (N, classes). Weights are drawn by libtorch's generator, layer by layer.
/// Throws <see cref="InvalidInputException"/> where the input does not fit.
/// </param>
/// <remarks>Immutable.</remarks>
internal sealed record NetworkDesign(Func<InputShape, Module<Tensor, Tensor>> Build)
{
    /// <summary>
    /// Whether it wants raw pixels 0..255 minus the mean image, as Caffe's networks do, whose initial weights and rates suit that scale;
    /// otherwise standardised channels.
    /// </summary>
    public bool WantsRawPixels { get; init; }

    /// <summary>
    /// Whether its time goes into convolutions, which decides threads and order of memory; otherwise into matrix products.
    /// </summary>
    public bool IsConvolutional { get; init; }

    /// <summary>The usual peak rate with momentum SGD; null for SGD's own.</summary>
    public double? UsualSgdRate { get; init; }

    /// <summary>The usual weight decay with SGD.</summary>
    public double UsualWeightDecay { get; init; } = 5e-4;
}
