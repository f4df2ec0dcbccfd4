using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>Parameters that share their multipliers, as one argument of the multi-tensor operators.</summary>
/// <remarks>
/// The parameters belong to their layers; <see cref="Dispose"/> frees the group's own lists. Make groups after the network has moved to
/// its device, which replaces its tensors.
/// </remarks>
public sealed class ParameterGroup : IDisposable
{
    /// <summary>A group.</summary>
    /// <param name="parameters">At least one.</param>
    /// <param name="rateMultiplier">The factor on the plan's learning rate.</param>
    /// <param name="decayMultiplier">The factor on the plan's weight decay.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    public ParameterGroup(IReadOnlyList<Tensor> parameters, double rateMultiplier = 1, double decayMultiplier = 1)
    {
        if (parameters.Count == 0)
        {
            throw new ArgumentException("A group needs at least one parameter.", nameof(parameters));
        }

        Parameters = new TensorList([.. parameters]);
        Gradients = TensorList.RoomFor(Parameters);
        RateMultiplier = rateMultiplier;
        DecayMultiplier = decayMultiplier;
    }

    /// <summary>The trained tensors.</summary>
    public TensorList Parameters { get; }

    /// <summary>The factor on the plan's learning rate.</summary>
    public double RateMultiplier { get; }

    /// <summary>The factor on the plan's weight decay.</summary>
    public double DecayMultiplier { get; }

    /// <summary>The gradients, between <see cref="Optimizer.TakeGradients"/> and the end of <see cref="Optimizer.Step"/>.</summary>
    internal TensorList Gradients { get; }

    /// <summary>All parameters of a network, one group for each pair of multipliers, in the order in which the pairs first appear.</summary>
    /// <param name="layer">The network.</param>
    /// <returns>The groups.</returns>
    public static IReadOnlyList<ParameterGroup> Of(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return
        [
            .. layer.NamedParameters()
                .Select(named => named.Value)
                .GroupBy(parameter => (parameter.RateMultiplier, parameter.DecayMultiplier))
                .Select(group => new ParameterGroup([.. group.Select(parameter => parameter.Value)], group.Key.RateMultiplier, group.Key.DecayMultiplier)),
        ];
    }

    /// <summary>Frees the group's lists, not the parameters.</summary>
    public void Dispose()
    {
        Gradients.Dispose();
        Parameters.Dispose();
    }
}
