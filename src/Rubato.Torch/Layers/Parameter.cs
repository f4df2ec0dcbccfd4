using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>A trained tensor of a layer.</summary>
/// <remarks>Owned by its layer. The tensor is replaced when the layer moves to another device.</remarks>
public sealed class Parameter
{
    internal Parameter(string name, Tensor value, double rateMultiplier, double decayMultiplier)
    {
        Name = name;
        Value = value;
        RateMultiplier = rateMultiplier;
        DecayMultiplier = decayMultiplier;
    }

    /// <summary>Its name in the layer, as in PyTorch: <c>weight</c> or <c>bias</c>.</summary>
    public string Name { get; }

    /// <summary>The trained numbers.</summary>
    public Tensor Value { get; internal set; }

    /// <summary>Whether updates change it; if not it stays at its initial value, has no gradient, and is in no group of an optimizer.</summary>
    public bool IsTrained { get; private set; } = true;

    /// <summary>Leaves it at its value from here on.</summary>
    internal void Freeze()
    {
        IsTrained = false;
        Value.RequiresGrad = false;
    }

    /// <summary>The factor on the plan's learning rate; Caffe's <c>lr_mult</c>.</summary>
    public double RateMultiplier { get; }

    /// <summary>The factor on the plan's weight decay; Caffe's <c>decay_mult</c>.</summary>
    public double DecayMultiplier { get; }
}
