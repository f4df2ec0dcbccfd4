using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

/// <summary>Curves of range tests that are known: flat, a fall, a floor, a cliff, and noise on all of it.</summary>
internal static class Curves
{
    /// <summary>What a curve is made of; rates are powers of ten.</summary>
    internal sealed record Shape
    {
        internal int Iterations { get; init; } = 200;

        internal double Start { get; init; } = -6;

        internal double FallBegins { get; init; } = -4;

        internal double FallEnds { get; init; } = -2;

        internal double CliffBegins { get; init; } = -1.5;

        internal double End { get; init; } = 0.5;

        internal double High { get; init; } = 2.3;

        internal double Low { get; init; } = 0.5;

        /// <summary>In shares of the fall.</summary>
        internal double Noise { get; init; }

        /// <summary>The middle of the fall.</summary>
        internal double Valley => Math.Pow(10, (FallBegins + FallEnds) / 2);
    }

    /// <summary>The losses that a loop would see, taken down until the sweep says that it is over.</summary>
    internal static RangeCurve Record(Shape shape, long seed = 1, int nonFiniteFrom = int.MaxValue)
    {
        var sweep = new RangeTest(Math.Pow(10, shape.Start), Math.Pow(10, shape.End), shape.Iterations).Start();
        var random = new CounterRandom(seed, stream: 1, step: 0);
        while (!sweep.IsOver)
        {
            var clean = LossAt(shape, Math.Log10(sweep.Next));
            var loss = clean + (shape.Noise * Math.Abs(shape.High - shape.Low) * Normal(ref random));
            sweep.Report(sweep.Updates + 1 >= nonFiniteFrom ? double.NaN : loss, AccuracyAt(shape, clean));
        }

        return sweep.ToCurve();
    }

    /// <summary>A curve of given losses at the rates 1, 2, 4, ...</summary>
    internal static RangeCurve Of(params double[] losses) =>
        new([.. losses.Select((loss, i) => new RangePoint(i + 1, Math.Pow(2, i), loss))], RangeEnd.Completed);

    /// <summary>A smoothed curve of given losses, without error, at the rates 1, 2, 4, ...</summary>
    internal static SmoothedCurve Smoothed(params double[] losses) => Smoothed(hasRisen: false, losses);

    internal static SmoothedCurve Smoothed(bool hasRisen, params double[] losses) =>
        new([.. losses.Select((_, i) => Math.Pow(2, i))], [.. losses], [.. losses], 0, hasRisen);

    /// <summary>A curve with accuracies at the rates 1, 2, 4, ... and one loss throughout.</summary>
    internal static RangeCurve OfAccuracies(params double[] accuracies) => new(
        accuracies.Select((accuracy, i) => new RangePoint(i + 1, Math.Pow(2, i), 1, accuracy)).ToImmutableArray(), RangeEnd.Completed);

    private static double LossAt(Shape shape, double decade)
    {
        var done = Math.Clamp((decade - shape.FallBegins) / (shape.FallEnds - shape.FallBegins), 0, 1);
        var cliff = decade > shape.CliffBegins ? 0.3 * (Math.Exp(Math.Min(4 * (decade - shape.CliffBegins), 20)) - 1) : 0;
        return shape.High + ((shape.High - shape.Low) * ((Math.Cos(Math.PI * done) - 1) / 2)) + (Math.Abs(shape.High - shape.Low) * cliff);
    }

    // Nine of ten right at the floor, one of ten where nothing is learned.
    private static double AccuracyAt(Shape shape, double loss) =>
        Math.Clamp(0.1 + (0.8 * (shape.High - loss) / Math.Max(shape.High - shape.Low, 1e-9)), 0.1, 0.9);

    private static double Normal(ref CounterRandom random)
    {
        var sum = 0.0;
        for (var i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum - 6;
    }
}
