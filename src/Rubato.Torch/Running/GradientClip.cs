using Rubato.Torch.Optimizers;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Clips the gradient of an update: each element first, then the norm of what is left.</summary>
/// <remarks>
/// What is measured of a gradient (norm, noise, descent) is measured before. A gradient whose norm is not finite is left as it is.
/// </remarks>
internal sealed class GradientClip
{
    private readonly ClipLimits _limits;
    private GradientClip(ClipLimits limits) => _limits = limits;

    /// <summary>The updates so far.</summary>
    internal long Updates { get; private set; }

    /// <summary>Those whose gradient became smaller.</summary>
    internal long Clipped { get; private set; }

    /// <summary>The share of the updates so far whose gradient became smaller, 0..1; null before the first.</summary>
    internal double? Share => Updates == 0 ? null : (double)Clipped / Updates;

    /// <summary>The clipping of a run, by its plan as it is now; null if the run has none.</summary>
    internal static GradientClip? Of(TrainingTask run) => run.ClipLimits() is { } limits ? new GradientClip(limits) : null;

    /// <summary>The same with the limits of the run's start throughout, for what comes before the run.</summary>
    internal static GradientClip? OfStart(TrainingTask run) =>
        run.ClipLimits() is { } limits ? new GradientClip(limits.AtStart()) : null;

    /// <summary>Goes on with the counts of a run that was saved.</summary>
    internal void Continue(long updates, long clipped) => (Updates, Clipped) = (updates, clipped);

    /// <summary>Clips the gradients taken.</summary>
    /// <param name="optimizer">Has the gradients.</param>
    /// <param name="norm">Their norm.</param>
    /// <param name="samples">Samples seen before the update; at least 0.</param>
    /// <returns>The norm afterwards over that before, in [0, 1]; 1 if nothing was clipped.</returns>
    internal double Apply(Optimizer optimizer, double norm, long samples)
    {
        var factor = double.IsFinite(norm) && norm > 0 ? Factor(optimizer, norm, samples) : 1;
        Updates++;
        Clipped += factor < 1 ? 1 : 0;
        return factor;
    }

    private double Factor(Optimizer optimizer, double norm, long samples)
    {
        var left = norm;
        if (_limits.Value is { } largest)
        {
            optimizer.ClipValue(largest(samples));
            left = optimizer.GradientNorm();
        }

        var factor = left / norm;
        return _limits.Norm is { } longest ? factor * optimizer.ClipNorm(longest(samples), left) : factor;
    }
}
