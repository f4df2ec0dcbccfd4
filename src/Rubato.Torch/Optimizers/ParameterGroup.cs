using System.Collections.Immutable;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>Parameters that share their plan and their multipliers, updated together.</summary>
/// <remarks>
/// The parameters belong to their module; <see cref="Dispose"/> frees the group's own lists. Make groups after the network has moved to
/// its device or changed its type, which replaces its tensors.
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
    public ParameterGroup(
        IReadOnlyList<Tensor> parameters,
        double rateMultiplier = 1,
        double decayMultiplier = 1,
        int planGroup = -1,
        bool isScaleInvariant = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(planGroup, -1);
        if (parameters.Count == 0)
        {
            throw new ArgumentException("A group needs at least one parameter.", nameof(parameters));
        }

        Parameters = [.. parameters];
        Weights = new TensorList(parameters);
        Gradients = TensorList.RoomFor(Weights);
        RateMultiplier = rateMultiplier;
        DecayMultiplier = decayMultiplier;
        PlanGroup = planGroup;
        IsScaleInvariant = isScaleInvariant;
    }

    /// <summary>The trained tensors.</summary>
    public ImmutableArray<Tensor> Parameters { get; }

    /// <summary>The trained tensors as a list to work on.</summary>
    internal TensorList Weights { get; }

    /// <summary>The factor on the plan's learning rate.</summary>
    public double RateMultiplier { get; }

    /// <summary>The factor on the plan's weight decay.</summary>
    public double DecayMultiplier { get; }

    /// <summary>The number of the plan's group that the parameters follow, from 0; -1 if they follow the plan itself.</summary>
    public int PlanGroup { get; }

    /// <summary>
    /// Whether the length of the parameters has no effect on the network's function. <see cref="ExponentialSgd"/> may let such parameters
    /// grow.
    /// </summary>
    public bool IsScaleInvariant { get; }

    /// <summary>
    /// Weights are stored multiplied by this factor, so that their gradients are divided by it. Reported norms are multiplied by it again.
    /// It is 1 except under <see cref="ExponentialSgd"/>.
    /// </summary>
    public double Scale { get; internal set; } = 1;

    /// <summary>
    /// The gradients, between <see cref="Optimizer.TakeGradients"/> and the end of
    /// <see cref="Optimizer.Step(in HyperParameters, ReadOnlySpan{HyperParameters})"/>.
    /// </summary>
    internal TensorList Gradients { get; }

    /// <summary>
    /// All parameters of a network, one group for each pair of multipliers, in the order in which the pairs first appear.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <returns>The groups.</returns>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module network) => Of(network, []);

    /// <summary>
    /// All parameters of a network, one group for each plan's group and pair of multipliers, in the order in which these first appear.
    /// </summary>
    /// <param name="network">The network; its multipliers come from <see cref="IParameterMultipliers"/>.</param>
    /// <param name="patterns">
    /// A pattern for each group of the plan, over names such as <c>layer1.0.conv1.weight</c>; <c>*</c> stands for any characters, also
    /// none. A parameter is in the group of the first pattern that matches it.
    /// </param>
    /// <param name="invariance">The scale-invariant weights, which make groups of their own; null for none.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="InvalidInputException">A pattern takes no parameter, or nothing is trained; all findings at once.</exception>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module network, IReadOnlyList<string> patterns, ScaleInvariance? invariance = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var parameters = network.named_parameters().Where(named => named.parameter.requires_grad).ToList();
        if (!network.parameters().Any())
        {
            throw new InvalidInputException(new Finding($"the network {network.GetName()} has no parameters")
            {
                Remedy = "call RegisterComponents in its constructor, after its layers are made",
            });
        }

        if (parameters.Count == 0)
        {
            throw new InvalidInputException(new Finding("every parameter of the network is frozen") { Remedy = "leave one trained" });
        }

        var groups = ParameterPatterns.Assign([.. parameters.Select(named => named.name)], patterns);
        var multipliers = network as IParameterMultipliers;
        return
        [
            .. parameters
                .Select((named, i) => (
                    Parameter: named.parameter,
                    Group: groups[i],
                    Multipliers: multipliers?.MultipliersOf(named.name) ?? (1, 1)))
                .GroupBy(member => (
                    member.Group,
                    member.Multipliers,
                    IsScaleInvariant: invariance?.Contains(member.Parameter) ?? false))
                .Select(members => new ParameterGroup(
                    [.. members.Select(member => member.Parameter)],
                    members.Key.Multipliers.Item1,
                    members.Key.Multipliers.Item2,
                    members.Key.Group,
                    members.Key.IsScaleInvariant)),
        ];
    }

    /// <summary>Frees the group's lists, not the parameters.</summary>
    public void Dispose()
    {
        Gradients.Dispose();
        Weights.Dispose();
    }
}
