using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>A factor on the step of a tensor, computed from the norms of the tensor and of its step.</summary>
internal interface ITrustRatio
{
    /// <summary>The weight decay that is added to the step.</summary>
    double Decay { get; }

    /// <summary>Whether the norm of the step includes the decay.</summary>
    bool MeasuresDecay { get; }

    /// <summary>The factor for norms above 0.</summary>
    double Of(double weight, double step);

    /// <summary>The factor for norms above 0, as scalars on a device.</summary>
    Tensor Of(Tensor weight, Tensor step);
}

/// <summary>Multiplies each tensor's step by a factor of its own; on a device nothing is read back.</summary>
internal static class TrustRatio
{
    /// <summary><c>step = (step + decay weight) ratio</c>; the ratio is 1 if one of the two norms is 0.</summary>
    /// <typeparam name="TRatio">The ratio.</typeparam>
    /// <param name="steps">The steps, which change.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="ratio">Its numbers.</param>
    internal static void Multiply<TRatio>(TensorList steps, TensorList weights, in TRatio ratio)
        where TRatio : struct, ITrustRatio
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps.IsInMemory(i, weights))
            {
                MultiplyInMemory(i, steps, weights, ratio);
            }
            else
            {
                MultiplyByOperators(steps[i], weights[i], ratio);
            }
        }
    }

    /// <summary>The same of one step, wherever it lies.</summary>
    internal static void MultiplyByOperators<TRatio>(Tensor step, Tensor weight, in TRatio ratio)
        where TRatio : struct, ITrustRatio
    {
        using var scope = NewDisposeScope();
        var before = step.norm();
        step.PlusInPlace(weight, ratio.Decay);
        var (one, other) = (weight.norm(), ratio.MeasuresDecay ? step.norm() : before);
        var isZero = one.IsZero().logical_or(other.IsZero());
        step.mul_(ratio.Of(one, other).With(isZero, 1));
    }

    private static void MultiplyInMemory<TRatio>(int index, TensorList steps, TensorList weights, in TRatio ratio)
        where TRatio : struct, ITrustRatio
    {
        var before = ratio.MeasuresDecay ? 0 : Norm(steps, index);
        if (ratio.Decay != 0)
        {
            ElementwiseUpdate.Run(new Descent(-ratio.Decay), index, steps, weights, null, null);
        }

        var (one, other) = (Norm(weights, index), ratio.MeasuresDecay ? Norm(steps, index) : before);
        if (one != 0 && other != 0)
        {
            ElementwiseUpdate.Run(new Scaling(ratio.Of(one, other)), index, steps, steps, null, null);
        }
    }

    private static double Norm(TensorList tensors, int index) => Math.Sqrt(tensors.SumOfSquares(index));
}
