using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>The obvious twin of <see cref="ReduceOnPlateau"/>: keeps every loss, and goes through all of them again whenever it is asked.</summary>
internal sealed class SlowPlateau(ReduceOnPlateauSettings settings, int every, int after)
{
    private readonly List<(double Loss, long Samples, double Next)> _losses = [];

    /// <summary>A loss, and what the update after it is given.</summary>
    internal void See(double loss, long samples, double next) => _losses.Add((loss, samples, next));

    internal double Rate(double given)
    {
        var (scale, best, bad, cooldown) = (1.0, double.PositiveInfinity, 0, 0);
        foreach (var part in _losses.Skip(after).Chunk(every).Where(part => part.Length == every))
        {
            var current = Mean(part);
            var better = settings.ThresholdMode == ThresholdMode.Relative ? current < best * (1 - settings.Threshold) : current < best - settings.Threshold;
            if (better)
            {
                best = current;
                bad = 0;
            }
            else
            {
                bad++;
            }

            if (cooldown > 0)
            {
                cooldown--;
                bad = 0;
            }

            if (bad > settings.Patience)
            {
                var next = part[^1].Next;
                var old = Floored(next * scale, next);
                var reduced = Math.Max(old * settings.Factor, settings.MinLr);
                scale = old - reduced > settings.Eps ? scale * settings.Factor : scale;
                cooldown = settings.Cooldown;
                bad = 0;
            }
        }

        return Floored(given * scale, given);
    }

    private double Floored(double rate, double given) => rate >= settings.MinLr ? rate : Math.Min(given, settings.MinLr);

    private static double Mean((double Loss, long Samples, double Next)[] part)
    {
        var (mean, samples) = (0.0, 0L);
        foreach (var (loss, count, _) in part)
        {
            samples += count;
            mean = samples == count ? loss : mean + ((loss - mean) * ((double)count / samples));
        }

        return mean;
    }
}
