using System.Collections.Immutable;
using Rubato.Numerics;
using Rubato.RangeTests;

namespace Rubato.Runs.RangeTests;

/// <summary>Smoothed curves of several runs over the same rates: their mean, and the lowest and the highest of them.</summary>
/// <param name="LearningRates">Rising; at least one.</param>
/// <param name="Mean">The mean loss at each rate.</param>
/// <param name="Low">The lowest loss at each rate.</param>
/// <param name="High">The highest loss at each rate.</param>
/// <param name="Runs">How many runs there are.</param>
/// <remarks>Immutable. Two bands are equal only where they share their numbers.</remarks>
public sealed record RangeBand(
    ImmutableArray<double> LearningRates, ImmutableArray<double> Mean, ImmutableArray<double> Low, ImmutableArray<double> High, int Runs)
{
    private const int Places = 400;

    /// <summary>Where the mean loss is lowest.</summary>
    public (double LearningRate, double Loss) Lowest
    {
        get
        {
            // A floor of equal losses is lowest in its middle.
            var index = Mean.IndexOf(Mean.Min());
            var end = index;
            while (end + 1 < Mean.Length && Mean[end + 1].Equals(Mean[index]))
            {
                end++;
            }

            index += (end - index) / 2;
            return (LearningRates[index], Mean[index]);
        }
    }

    /// <summary>Puts curves together.</summary>
    /// <param name="curves">The curves.</param>
    /// <returns>
    /// One curve as it is; several at equal ratios of the rate, as far as at least half of them go; null where there is none.
    /// </returns>
    public static RangeBand? Of(IReadOnlyList<SmoothedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count < 2)
        {
            return curves.Count == 0
                ? null
                : new RangeBand(curves[0].LearningRates, curves[0].Smoothed, curves[0].Smoothed, curves[0].Smoothed, 1);
        }

        var low = Middle(curves.Select(curve => curve.LearningRates[0]));
        var high = Middle(curves.Select(curve => -curve.LearningRates[^1]));
        var (rates, mean, least, most) = (
            ImmutableArray.CreateBuilder<double>(),
            ImmutableArray.CreateBuilder<double>(),
            ImmutableArray.CreateBuilder<double>(),
            ImmutableArray.CreateBuilder<double>());
        for (var i = 0; i <= Places; i++)
        {
            // The ends to the last bit: a power of a ratio can miss them.
            var rate = i == 0 ? low : i == Places ? -high : Blend.Geometric(low, -high, (double)i / Places);
            var losses = curves.Select(curve => LossAt(curve, rate)).OfType<double>().ToList();
            if (losses.Count > 0 && (rates.Count == 0 || rate > rates[^1]))
            {
                rates.Add(rate);
                mean.Add(losses.Sum(loss => loss / losses.Count));
                least.Add(losses.Min());
                most.Add(losses.Max());
            }
        }

        return new RangeBand(rates.ToImmutable(), mean.ToImmutable(), least.ToImmutable(), most.ToImmutable(), curves.Count);
    }

    // The value that half of them have reached when one comes from below.
    private static double Middle(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[(sorted.Count - 1) / 2];
    }

    // On the logarithmic axis; null outside of the curve.
    private static double? LossAt(SmoothedCurve curve, double rate)
    {
        var rates = curve.LearningRates;
        if (rate < rates[0] || rate > rates[^1])
        {
            return null;
        }

        var next = rates.BinarySearch(rate);
        if (next >= 0)
        {
            return curve.Smoothed[next];
        }

        next = ~next;
        var share = Math.Log(rate / rates[next - 1]) / Math.Log(rates[next] / rates[next - 1]);
        return curve.Smoothed[next - 1] + (share * (curve.Smoothed[next] - curve.Smoothed[next - 1]));
    }
}
