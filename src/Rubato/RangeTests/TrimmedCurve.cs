namespace Rubato.RangeTests;

/// <summary>The part of a curve that rules read: finite losses up to the end of the valley, none far above those at the start.</summary>
internal sealed class TrimmedCurve
{
    private const double StartShare = 1.0 / 20;
    private const int FewestAtStart = 3;

    // Beyond it the test is over in all but name; a smaller share would end noisy curves in their valley.
    private const double RisenShare = 0.5;

    private TrimmedCurve(double[] rates, double[] losses, bool hasRisen) => (LearningRates, Losses, HasRisen) = (rates, losses, hasRisen);

    internal double[] LearningRates { get; }

    internal double[] Losses { get; }

    /// <summary>Whether the curve was cut where its losses had risen again.</summary>
    internal bool HasRisen { get; }

    internal static TrimmedCurve Of(RangeCurve curve)
    {
        var finite = curve.Points.Where(point => double.IsFinite(point.Loss)).ToArray();
        if (finite.Length == 0)
        {
            throw new ArgumentException("No loss of the curve is finite.", nameof(curve));
        }

        var rates = Array.ConvertAll(finite, point => point.LearningRate);
        var losses = Array.ConvertAll(finite, point => point.Loss);
        var first = losses.AsSpan(0, Math.Min(losses.Length, Math.Max(FewestAtStart, (int)(losses.Length * StartShare))));
        var (start, highest) = (0.0, double.NegativeInfinity);
        foreach (var loss in first)
        {
            start += loss / first.Length;
            highest = Math.Max(highest, loss);
        }

        // Twice as far above the mean as the highest at the start: noise, which is as large later, is not cut off on one side.
        var limit = start + (2 * (highest - start));
        var end = EndOfValley(losses, start, first.Length);
        for (var i = first.Length; i < losses.Length; i++)
        {
            losses[i] = Math.Min(losses[i], limit);
        }

        return new TrimmedCurve(rates[..end], losses[..end], end < losses.Length);
    }

    // The first averages are of few losses, and may be lowest by noise alone.
    private static int EndOfValley(double[] losses, double start, int from)
    {
        var average = new RunningAverage(RunningAverage.UsualKeep(losses.Length));
        var averages = Array.ConvertAll(losses, loss => average.Add(loss));
        var lowest = Math.Min(from, losses.Length - 1);
        for (var i = from; i < losses.Length; i++)
        {
            lowest = averages[i] < averages[lowest] ? i : lowest;
        }

        var limit = averages[lowest] + (RisenShare * (start - averages[lowest]));
        if (limit <= averages[lowest])
        {
            return losses.Length;
        }

        for (var i = lowest + 1; i < losses.Length; i++)
        {
            if (averages[i] > limit)
            {
                return i;
            }
        }

        return losses.Length;
    }
}
