using Rubato.Plans;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>Parameters that share their plan and their multipliers, as one argument of the multi-tensor operators.</summary>
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
    /// <param name="planGroup">The number of the plan's group that these parameters follow; -1 for none.</param>
    /// <param name="isScaleInvariant">Whether the length of all of them has no effect on the network's function.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="planGroup"/> is below -1.</exception>
    public ParameterGroup(IReadOnlyList<Tensor> parameters, double rateMultiplier = 1, double decayMultiplier = 1, int planGroup = -1, bool isScaleInvariant = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(planGroup, -1);
        if (parameters.Count == 0)
        {
            throw new ArgumentException("A group needs at least one parameter.", nameof(parameters));
        }

        Parameters = new TensorList([.. parameters]);
        Gradients = TensorList.RoomFor(Parameters);
        RateMultiplier = rateMultiplier;
        DecayMultiplier = decayMultiplier;
        PlanGroup = planGroup;
        IsScaleInvariant = isScaleInvariant;
    }

    /// <summary>The trained tensors.</summary>
    public TensorList Parameters { get; }

    /// <summary>The factor on the plan's learning rate.</summary>
    public double RateMultiplier { get; }

    /// <summary>The factor on the plan's weight decay.</summary>
    public double DecayMultiplier { get; }

    /// <summary>The number of the plan's group that the parameters follow, from 0; -1 for none: they follow the plan itself.</summary>
    public int PlanGroup { get; }

    /// <summary>Whether the length of the parameters has no effect on the network's function, and a <see cref="ExponentialSgd"/> may let them grow.</summary>
    public bool IsScaleInvariant { get; }

    /// <summary>
    /// How many times as long the parameters are kept as their length is counted, and their gradients as many times shorter: norms of gradients are those of the
    /// counted length, so that whoever sees them sees the same in both forms. 1 but where an <see cref="ExponentialSgd"/> lets them grow.
    /// </summary>
    public double Scale { get; internal set; } = 1;

    /// <summary>
    /// The gradients, between <see cref="Optimizer.TakeGradients"/> and the end of
    /// <see cref="Optimizer.Step(in HyperParameters, ReadOnlySpan{HyperParameters})"/>.
    /// </summary>
    internal TensorList Gradients { get; }

    /// <summary>All parameters of a network, one group for each pair of multipliers, in the order in which the pairs first appear.</summary>
    /// <param name="layer">The network.</param>
    /// <returns>The groups.</returns>
    public static IReadOnlyList<ParameterGroup> Of(Layer layer) => Of(layer, []);

    /// <summary>
    /// All parameters of a network, one group for each plan's group and pair of multipliers, in the order in which these first appear.
    /// </summary>
    /// <param name="layer">The network.</param>
    /// <param name="patterns">
    /// A pattern for each group of the plan, over names such as <c>layer1.0.conv1.weight</c>; <c>*</c> stands for any characters, also none.
    /// A parameter is in the group of the first pattern that matches it.
    /// </param>
    /// <param name="invariance">The scale-invariant weights, which make groups of their own; null for none.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="InvalidInputException">A pattern takes no parameter, or nothing is trained; all findings at once.</exception>
    public static IReadOnlyList<ParameterGroup> Of(Layer layer, IReadOnlyList<string> patterns, ScaleInvariance? invariance = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var parameters = layer.NamedParameters().Where(named => named.Value.IsTrained).ToList();
        if (parameters.Count == 0)
        {
            throw new InvalidInputException("every parameter of the network is frozen; leave one trained.");
        }

        var groups = ParameterPatterns.Assign([.. parameters.Select(named => named.Key)], patterns);
        return
        [
            .. parameters
                .Select((named, i) => (Parameter: named.Value, Group: groups[i]))
                .GroupBy(member => (
                    member.Group,
                    member.Parameter.RateMultiplier,
                    member.Parameter.DecayMultiplier,
                    IsScaleInvariant: invariance?.Contains(member.Parameter) ?? false))
                .Select(members => new ParameterGroup(
                    [.. members.Select(member => member.Parameter.Value)],
                    members.Key.RateMultiplier,
                    members.Key.DecayMultiplier,
                    members.Key.Group,
                    members.Key.IsScaleInvariant)),
        ];
    }

    /// <summary>Frees the group's lists, not the parameters.</summary>
    public void Dispose()
    {
        Gradients.Dispose();
        Parameters.Dispose();
    }
}
