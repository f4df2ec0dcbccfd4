using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Lengths;

/// <summary>
/// A normalization layer that follows the length of the weights before it: its running statistics, and the constant that it adds to the
/// variance.
/// </summary>
/// <remarks>
/// Made while the weights have their own length. A layer of TorchSharp's does not know its scale, so that only one of these may change it
/// at a time. Layer and tensors belong to the network.
/// </remarks>
internal abstract class ScaledNormalization
{
    private protected ScaledNormalization(Module layer, Tensor? mean, Tensor? variance) =>
        (Layer, Mean, Variance) = (layer, mean, variance);

    /// <summary>The layer.</summary>
    internal Module Layer { get; }

    /// <summary>The running mean, which is proportional to the scale of the weights; null if it keeps none.</summary>
    internal Tensor? Mean { get; }

    /// <summary>The running variance, which is proportional to the square of the scale; null if it keeps none.</summary>
    internal Tensor? Variance { get; }

    /// <summary>
    /// The factor by which longer weights before the layer have enlarged its input; 1 at first. The constant beside the variance is that of
    /// the layer times the square of it.
    /// </summary>
    internal abstract double InputScale { get; set; }

    /// <summary>Whether a number that is added to a whole channel before the layer is taken away by it.</summary>
    internal static bool TakesBiasAway(Module module) => module is GhostBatchNorm or NormBase;

    /// <summary>Whether a module is a normalization that can follow a scale.</summary>
    internal static bool Is(Module module) => module is GhostBatchNorm or NormBase or LayerNorm or GroupNorm;

    /// <summary>The scale of a normalization; null of any other module.</summary>
    internal static ScaledNormalization? Of(Module module) => module switch
    {
        GhostBatchNorm ghost => new Ghost(ghost),
        NormBase norm => new Foreign(norm, norm.running_mean, norm.running_var, norm.eps, eps => norm.eps = eps),
        LayerNorm norm => new Foreign(norm, null, null, norm.eps, eps => norm.eps = eps),
        GroupNorm norm => new Foreign(norm, null, null, norm.eps, eps => norm.eps = eps),
        _ => null,
    };

    /// <summary>Adapts running statistics and the constant to weights before the layer that become c times as long.</summary>
    internal void ScaleInput(double factor)
    {
        Mean?.TimesInPlace(factor);
        Variance?.TimesInPlace(factor * factor);
        InputScale *= factor;
    }

    private sealed class Ghost(GhostBatchNorm layer) : ScaledNormalization(layer, layer.Running.Mean, layer.Running.Variance)
    {
        internal override double InputScale
        {
            get => layer.InputScale;
            set => layer.InputScale = value;
        }
    }

    private sealed class Foreign(Module layer, Tensor? mean, Tensor? variance, double epsilon, Action<double> setEpsilon)
        : ScaledNormalization(layer, mean, variance)
    {
        internal override double InputScale
        {
            get;
            set
            {
                field = value;
                setEpsilon(epsilon * value * value);
            }
        }

        = 1;
    }
}
