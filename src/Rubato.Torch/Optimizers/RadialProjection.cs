using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// What makes <see cref="AdamP"/> and <see cref="Sgdp"/> of Adam and SGD (Heo et al. 2021, arXiv 2006.08217, algorithms 1 and 2): takes
/// the part of a step that points along the weight out of it, where the weight seems to be scale-invariant.
/// </summary>
/// <remarks>
/// <para>
/// Seen as rows w, g, u of weight, raw gradient and step: first a row for each output channel (the first dimension), then all as one row.
/// The first view, with rows of n numbers, in which every <c>|cos(g, w)| &lt; delta / sqrt(n)</c> is taken: there
/// <c>u -= w' (w' . u), w' = w / (|w| + eps)</c> row by row, and the decay is multiplied by the ratio. The cosine is of the raw gradient,
/// since it is that which is orthogonal to a scale-invariant weight; the step holds momentum, which is not.
/// </para>
/// <para>
/// Norms below eps count as eps in the cosine, which is exact above it. Everything is decided on the device: nothing is read back, and the
/// numbers of both views come from the same sums over rows.
/// </para>
/// </remarks>
internal sealed class RadialProjection(double delta, double decayRatio, double epsilon)
{
    private const int MostDimensions = 8;

    private static readonly long[][] AllButTheFirst = [.. Enumerable.Range(0, MostDimensions + 1).Select(AllButTheFirstOf)];

    /// <summary>Projects the steps of a group, then decays its parameters.</summary>
    /// <param name="group">The group; one of <see cref="GroupsByDimensions.Split"/>.</param>
    /// <param name="gradients">Its raw gradients.</param>
    /// <param name="steps">The steps, which change.</param>
    /// <param name="decay">The share of a parameter that decays with this update, before the ratio.</param>
    internal void Apply(ParameterGroup group, TensorList gradients, TensorList steps, double decay)
    {
        var parameters = group.Parameters;
        if (GroupsByDimensions.HoldsWeights(group))
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                using var scope = TensorScope.Begin();
                Apply(parameters[i], Ops.Detach(gradients, i), Ops.Detach(steps, i), decay);
            }
        }
        else if (decay != 0)
        {
            Foreach.Multiply(parameters, 1 - decay);
        }
    }

    private void Apply(Tensor weight, Tensor gradient, Tensor step, double decay)
    {
        var shape = weight.Shape;
        var (count, within) = (weight.ElementCount, AllButTheFirst[shape.Length]);
        var (weights, slopes) = (Ops.Norm(weight, within), Ops.Norm(gradient, within));
        var dots = Ops.Sum(Ops.Multiply(gradient, weight), within);
        var along = Ops.Sum(Ops.Multiply(step, weight), within);
        var whole = Ops.Norm(weights);
        var byRows = Ops.AreBelow(Ops.Largest(Cosines(dots, weights, slopes)), delta / Math.Sqrt((double)count / shape[0]));
        var asOne = Ops.AreBelow(Cosines(Ops.Sum(dots), whole, Ops.Norm(slopes)), delta / Math.Sqrt(count));

        var shareOfAll = Share(Ops.Sum(along), whole);
        Ops.FillWhere(shareOfAll, Ops.Not(asOne), 0);
        Ops.AddProductInPlace(step, weight, Ops.Where(byRows, Share(along, weights), shareOfAll), -1);
        if (decay != 0)
        {
            var kept = Ops.Full([], 1 - decay, weight.ScalarType, weight.Device);
            Ops.FillWhere(kept, Ops.Or(byRows, asOne), 1 - (decay * decayRatio));
            Ops.MultiplyInPlace(weight, kept);
        }
    }

    private static long[] AllButTheFirstOf(int rank) => [.. Enumerable.Range(1, Math.Max(0, rank - 1)).Select(dimension => (long)dimension)];

    private Tensor Cosines(Tensor dots, Tensor weights, Tensor slopes) =>
        Ops.Absolute(Ops.Divide(Ops.Divide(dots, Ops.AtLeast(weights, epsilon)), Ops.AtLeast(slopes, epsilon)));

    private Tensor Share(Tensor along, Tensor norms)
    {
        var length = Ops.Add(norms, epsilon);
        return Ops.Divide(Ops.Divide(along, length), length);
    }
}
