using Rubato.Control;
using Rubato.Torch.Layers;
using Rubato.Torch.Optimizers;

namespace Rubato.Torch.Running;

/// <summary>
/// Measures the noise of the gradient at every n-th update, from the gradients of parts of the batch. The parts are the micro-batches; a
/// batch without micro-batches is computed in two halves for the measurement.
/// </summary>
/// <remarks>
/// One measured update: <see cref="Begin"/>, a backward pass and <see cref="Add"/> for each of <see cref="Parts"/>, <see cref="End"/>.
/// There are K parts of b_k samples with mean gradients g_k. The small batch of <see cref="GradientNoise.Of"/> is the harmonic mean of the
/// b_k, with the mean of <c>|g_k|^2</c> as its squared norm. The large batch is the whole. This is unbiased for parts of any sizes, since
/// <c>E|g_k|^2 = |G|^2 + tr(Sigma) / b_k</c>.
/// </remarks>
internal sealed class NoiseMeter : IDisposable
{
    private readonly GradientProbe _probe;
    private readonly int _every;
    private readonly int? _microBatch;
    private readonly int? _ghostBatch;
    private double _squares;
    private double _inverses;

    /// <summary>A meter.</summary>
    /// <param name="groups">The parameters; not owned.</param>
    /// <param name="every">Measure every n-th update; at least 1.</param>
    /// <param name="microBatch">Samples that are computed at once, at least 1; null for the whole batch.</param>
    /// <param name="ghostBatch">
    /// Samples that share the statistics of a batch normalization; 0 for all that are computed at once, null without batch normalization.
    /// </param>
    internal NoiseMeter(IReadOnlyList<ParameterGroup> groups, int every, int? microBatch, int? ghostBatch)
    {
        _probe = new GradientProbe(groups);
        (_every, _microBatch, _ghostBatch) = (every, microBatch, ghostBatch);
    }

    /// <summary>How the batch that is measured is taken apart.</summary>
    internal BatchParts Parts { get; private set; }

    /// <summary>Begins an update; the parameters have no gradients.</summary>
    /// <param name="update">The update's number; the first is 1.</param>
    /// <param name="samples">The samples of its batch.</param>
    /// <returns>Whether the update is measured: it is an n-th one, and its batch can be taken apart.</returns>
    internal bool Begin(long update, int samples)
    {
        if (update % _every != 0 || PartsOf(samples, _microBatch, _ghostBatch) is not { } parts)
        {
            return false;
        }

        Parts = parts;
        (_squares, _inverses) = (0, 0);
        _probe.Begin();
        return true;
    }

    /// <summary>Measures the gradient of a part, which is its mean gradient times its share of the batch.</summary>
    /// <param name="part">The part's number, from 0; parts come in order.</param>
    internal void Add(int part)
    {
        var samples = Parts.LengthOf(part);
        var share = (double)samples / Parts.Samples;
        _squares += _probe.SquaredNormAdded(isLast: part == Parts.Count - 1) / (share * share);
        _inverses += 1.0 / samples;
    }

    /// <summary>Ends the update.</summary>
    /// <param name="gradientNorm">The norm of the whole batch's mean gradient.</param>
    /// <returns>The measured noise; null if a gradient was not finite.</returns>
    internal GradientNoise? End(double gradientNorm)
    {
        var (small, big) = (_squares / Parts.Count, gradientNorm * gradientNorm);
        return double.IsFinite(small) && double.IsFinite(big) ? GradientNoise.Of(Parts.Count / _inverses, small, Parts.Samples, big) : null;
    }

    /// <summary>
    /// The micro-batches of a batch, or two halves if it is computed at once. The halves are whole ghost batches if each has at least one.
    /// </summary>
    /// <returns>
    /// At least two parts. Null if the batch is a single sample, or if a part with batch normalization would be a single sample.
    /// </returns>
    internal static BatchParts? PartsOf(int samples, int? microBatch, int? ghostBatch)
    {
        var parts = new BatchParts(samples, microBatch ?? samples);
        if (parts.Count == 1)
        {
            var half = (samples / 2) + (samples % 2);
            var ghost = ghostBatch > 0 && samples / 2 >= ghostBatch ? ghostBatch.Value : 1;
            parts = new BatchParts(samples, (half + ghost - 1) / ghost * ghost);
        }

        var fewest = Math.Min(parts.LengthOf(0), parts.LengthOf(parts.Count - 1));
        return parts.Count > 1 && fewest > (ghostBatch is null ? 0 : 1) ? parts : null;
    }

    public void Dispose() => _probe.Dispose();
}
