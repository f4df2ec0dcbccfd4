using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>Keeps biases and normalization parameters, which have one dimension, apart from weights, which have more.</summary>
internal static class GroupsByDimensions
{
    /// <summary>
    /// The same parameters in groups that hold either only weights or no weights. A group with both becomes two with its multipliers, the
    /// weights first, and is freed.
    /// </summary>
    internal static IReadOnlyList<ParameterGroup> Split(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var split = new List<ParameterGroup>(groups.Count);
        foreach (var group in groups)
        {
            var tensors = group.Parameters.ToLookup(tensor => tensor.dim() > 1);
            if (!tensors.Contains(true) || !tensors.Contains(false))
            {
                split.Add(group);
                continue;
            }

            split.Add(Part([.. tensors[true]], group));
            split.Add(Part([.. tensors[false]], group));
            group.Dispose();
        }

        return split;

        static ParameterGroup Part(IReadOnlyList<Tensor> tensors, ParameterGroup whole) =>
            new(tensors, whole.RateMultiplier, whole.DecayMultiplier, whole.PlanGroup, whole.IsScaleInvariant);
    }

    /// <summary>Whether a group of <see cref="Split"/> holds weights.</summary>
    internal static bool HoldsWeights(ParameterGroup group) => group.Parameters[0].dim() > 1;
}
