using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>The obvious twin of <see cref="AdaptiveBatch"/>: keeps every measurement, and goes through all of them again whenever it is asked.</summary>
internal sealed class SlowBatch(AdaptiveBatchSettings settings, long first, long max)
{
    private readonly List<GradientNoise?> _measured = [];

    private long Multiple => settings.Multiple ?? 1;

    internal void See(GradientNoise? noise) => _measured.Add(noise);

    internal long Batch()
    {
        var batch = first;
        var since = new List<GradientNoise>();
        foreach (var noise in _measured.OfType<GradientNoise>())
        {
            if (double.IsNaN(noise.Trace))
            {
                continue;
            }

            since.Add(noise);
            if (since.Count < settings.Measurements)
            {
                continue;
            }

            var (norm, trace) = (Mean(since, each => each.SquaredNorm), Mean(since, each => each.Trace));
            var target = norm > 0 ? settings.Share * trace / norm : double.PositiveInfinity;
            if (trace <= 0 || target < settings.Ratio * batch)
            {
                continue;
            }

            var wanted = settings.Ratio * batch;
            var next = batch;
            for (var size = Multiple; size <= max && size <= target; size += Multiple)
            {
                if (size <= wanted || next == batch)
                {
                    next = Math.Max(next, size);
                }
            }

            if (next > batch)
            {
                batch = next;
                since.Clear();
            }
        }

        return batch;
    }

    private double Mean(List<GradientNoise> values, Func<GradientNoise, double> of)
    {
        var (sum, weights, weight) = (0.0, 0.0, 1.0);
        foreach (var value in Enumerable.Reverse(values))
        {
            sum += weight * of(value);
            weights += weight;
            weight *= settings.Decay;
        }

        return sum / weights;
    }
}
