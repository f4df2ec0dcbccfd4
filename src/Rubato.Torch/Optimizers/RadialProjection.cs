using System.Numerics;
using System.Numerics.Tensors;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// The projection of <see cref="AdamP"/> and <see cref="Sgdp"/> (Heo et al. 2021, arXiv 2006.08217, algorithms 1 and 2). It removes the
/// part of a step that points along the weight, if the weight seems to be scale-invariant.
/// </summary>
/// <remarks>
/// <para>
/// Weight, raw gradient and step are seen as rows w, g, u of n numbers: first a row for each output channel (the first dimension), then the
/// whole tensor as one row. The first view counts in which every <c>|cos(g, w)| &lt; delta / sqrt(n)</c>. In it
/// <c>u -= w' (w' . u), w' = w / (|w| + eps)</c> row by row, and the decay is multiplied by the ratio. The cosine takes the raw gradient,
/// which is orthogonal to a scale-invariant weight; momentum is not.
/// </para>
/// <para>
/// Norms below eps count as eps in the cosine. Both views share their sums over rows. On a device the decision is made there: nothing is
/// read back.
/// </para>
/// </remarks>
internal sealed class RadialProjection(double delta, double decayRatio, double epsilon)
{
    /// <summary>Projects the steps of a group, then decays its parameters.</summary>
    /// <param name="group">The group; one of <see cref="GroupsByDimensions.Split"/>.</param>
    /// <param name="gradients">Its raw gradients.</param>
    /// <param name="steps">The steps, which change.</param>
    /// <param name="decay">The share of a parameter that decays with this update, before the ratio.</param>
    internal void Apply(ParameterGroup group, TensorList gradients, TensorList steps, double decay)
    {
        var weights = group.Weights;
        if (!GroupsByDimensions.HoldsWeights(group))
        {
            Shrink(weights, decay);
            return;
        }

        for (var i = 0; i < weights.Count; i++)
        {
            if (!weights.IsInMemory(i, gradients, steps) || !weights.LayoutOf(i).HasRows)
            {
                ApplyByOperators(weights[i], gradients[i], steps[i], decay);
            }
            else if (weights.LayoutOf(i).Type == ScalarType.Float32)
            {
                Apply<float>(weights, gradients, steps, i, decay);
            }
            else
            {
                Apply<double>(weights, gradients, steps, i, decay);
            }
        }
    }

    /// <summary>The same of one weight, by operators.</summary>
    internal void ApplyByOperators(Tensor weight, Tensor gradient, Tensor step, double decay)
    {
        using var scope = NewDisposeScope();
        var rows = weight.shape[0];
        var length = weight.numel() / rows;
        var w = weight.detach().reshape(rows, length);
        var g = gradient.detach().reshape(rows, length);
        var u = step.detach().reshape(rows, length);
        var (weights, slopes) = ((w * w).sum(1).sqrt(), (g * g).sum(1).sqrt());
        var (dots, along) = ((g * w).sum(1), (u * w).sum(1));
        var (whole, slope) = (weights.norm(), slopes.norm());
        var byRows = Cosines(dots, weights, slopes).max().IsBelow(delta / Math.Sqrt(length));
        var asOne = Cosines(dots.sum(), whole, slope).IsBelow(delta / Math.Sqrt((double)rows * length));
        var shareOfAll = Share(along.sum(), whole).With(asOne.logical_not(), 0);
        step.sub_((where(byRows, Share(along, weights), shareOfAll).reshape(rows, 1) * w).reshape(weight.shape));
        if (decay != 0)
        {
            weight.mul_(ones_like(whole).TimesInPlace(1 - decay).With(byRows.logical_or(asOne), 1 - (decay * decayRatio)));
        }
    }

    private void Apply<T>(TensorList weights, TensorList gradients, TensorList steps, int index, double decay)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var length = (int)weights.LayoutOf(index).RowLength;
        var (weight, gradient, step) = (weights[index], gradients[index], steps[index]);
        Span<T> w = weights.Memory<T>(index), g = gradients.Memory<T>(index), u = steps.Memory<T>(index);
        var byRows = true;
        var all = default(Sums);
        for (var start = 0; start < w.Length; start += length)
        {
            var row = Sums.Of<T>(w.Slice(start, length), g.Slice(start, length), u.Slice(start, length));
            byRows &= Cosine(row) < delta / Math.Sqrt(length);
            all += row;
        }

        var asOne = Cosine(all) < delta / Math.Sqrt(w.Length);
        if (byRows)
        {
            for (var start = 0; start < w.Length; start += length)
            {
                var row = w.Slice(start, length);
                var own = u.Slice(start, length);
                TakeOut(row, own, Sums.Of<T>(row, g.Slice(start, length), own));
            }
        }
        else if (asOne)
        {
            TakeOut(w, u, all);
        }

        Shrink(weights, index, byRows || asOne ? decay * decayRatio : decay);
        GC.KeepAlive((weight, gradient, step));
    }

    private void TakeOut<T>(ReadOnlySpan<T> weight, Span<T> step, in Sums sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var length = Math.Sqrt(sums.Weight) + epsilon;
        TensorPrimitives.MultiplyAdd(weight, T.CreateTruncating(-(sums.Along / length / length)), step, step);
    }

    private double Cosine(in Sums sums) =>
        Math.Abs(sums.Dot / Math.Max(Math.Sqrt(sums.Weight), epsilon) / Math.Max(Math.Sqrt(sums.Gradient), epsilon));

    private Tensor Cosines(Tensor dots, Tensor weights, Tensor slopes) => (dots / weights.AtLeast(epsilon) / slopes.AtLeast(epsilon)).abs();

    private Tensor Share(Tensor along, Tensor norms)
    {
        var length = norms.Plus(epsilon);
        return along / length / length;
    }

    private static void Shrink(TensorList weights, double decay)
    {
        for (var i = 0; i < weights.Count; i++)
        {
            Shrink(weights, i, decay);
        }
    }

    private static void Shrink(TensorList weights, int index, double decay)
    {
        if (decay != 0)
        {
            ElementwiseUpdate.Run(new Scaling(1 - decay), index, weights, weights, null, null);
        }
    }

    /// <summary>Sums over a row: <c>|w|^2, |g|^2, g . w, u . w</c>.</summary>
    private readonly record struct Sums(double Weight, double Gradient, double Dot, double Along)
    {
        public static Sums operator +(in Sums a, in Sums b) =>
            new(a.Weight + b.Weight, a.Gradient + b.Gradient, a.Dot + b.Dot, a.Along + b.Along);

        internal static Sums Of<T>(ReadOnlySpan<T> weight, ReadOnlySpan<T> gradient, ReadOnlySpan<T> step)
            where T : unmanaged, IFloatingPointIeee754<T> => new(
            double.CreateTruncating(TensorPrimitives.SumOfSquares(weight)),
            double.CreateTruncating(TensorPrimitives.SumOfSquares(gradient)),
            double.CreateTruncating(TensorPrimitives.Dot(gradient, weight)),
            double.CreateTruncating(TensorPrimitives.Dot(step, weight)));
    }
}
