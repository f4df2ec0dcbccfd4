using Rubato.Control;
using Rubato.Torch.Layers;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;

namespace Rubato.Torch.Running;

/// <summary>
/// Measures the noise of the gradient at every n-th update, from the gradients of parts of the batch. The parts are the micro-batches; a
/// batch without micro-batches is computed in two halves for the measurement. Of several processes each has its own share of the batch, and
/// is a part at least: so nothing is computed that would not be computed anyway.
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
    private readonly Team _team;
    private int _samples;
    private double _squares;
    private double _inverses;

    /// <summary>A meter.</summary>
    /// <param name="groups">The parameters; not owned.</param>
    /// <param name="every">Measure every n-th update; at least 1.</param>
    /// <param name="microBatch">Samples that are computed at once, at least 1; null for the whole batch.</param>
    /// <param name="ghostBatch">
    /// Samples that share the statistics of a batch normalization; 0 for all that are computed at once, null without batch normalization.
    /// </param>
    /// <param name="team">The processes; null for a process that is alone.</param>
    internal NoiseMeter(IReadOnlyList<ParameterGroup> groups, int every, int? microBatch, int? ghostBatch, Team? team = null)
    {
        _probe = new GradientProbe(groups);
        (_every, _microBatch, _ghostBatch, _team) = (every, microBatch, ghostBatch, team ?? Team.Single);
    }

    /// <summary>How this process takes its share of the batch that is measured apart; of no samples if the share is empty.</summary>
    internal BatchParts Parts { get; private set; }

    /// <summary>Begins an update; the parameters have no gradients.</summary>
    /// <param name="update">The update's number; the first is 1.</param>
    /// <param name="samples">The samples of its batch.</param>
    /// <returns>Whether the update is measured: it is an n-th one, and its batch can be taken apart.</returns>
    internal bool Begin(long update, int samples)
    {
        if (update % _every != 0 || OwnParts(samples) is not { } parts)
        {
            return false;
        }

        (Parts, _samples) = (parts, samples);
        (_squares, _inverses) = (0, 0);
        _probe.Begin();
        return true;
    }

    /// <summary>What this process has measured, beside its part of the loss.</summary>
    internal Totals Measured(double loss) => new(loss, _squares, _inverses, Parts.Count);

    /// <summary>Measures the gradient of a part, which is its mean gradient times its share of the global batch.</summary>
    /// <param name="part">The part's number, from 0; parts come in order.</param>
    internal void Add(int part)
    {
        var samples = Parts.LengthOf(part);
        var share = (double)samples / _samples;
        _squares += _probe.SquaredNormAdded(isLast: part == Parts.Count - 1) / (share * share);
        _inverses += 1.0 / samples;
    }

    /// <summary>Ends the update.</summary>
    /// <param name="gradientNorm">The norm of the whole batch's mean gradient.</param>
    /// <param name="all">What all processes have measured.</param>
    /// <returns>The measured noise; null if a gradient was not finite.</returns>
    internal GradientNoise? End(double gradientNorm, in Totals all)
    {
        var (small, big) = (all.Squares / all.Parts, gradientNorm * gradientNorm);
        return double.IsFinite(small) && double.IsFinite(big) ? GradientNoise.Of(all.Parts / all.Inverses, small, _samples, big) : null;
    }

    // All processes must come to the same answer: it depends on all shares.
    private BatchParts? OwnParts(int samples)
    {
        var sharing = _team.Sharing(samples);
        var own = _team.ShareOf(samples);
        if (sharing == 1)
        {
            return PartsOf(samples, _microBatch, _ghostBatch) is { } parts ? own.IsEmpty ? default(BatchParts) : parts : null;
        }

        var isAnySingle = Enumerable.Range(0, sharing).Any(rank => _team.ShareOf(samples, rank).Count == 1);
        return _ghostBatch is not null && isAnySingle ? null
            : own.IsEmpty ? default(BatchParts)
            : new BatchParts(own.Count, _microBatch ?? own.Count);
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
