using Rubato.Numerics;
using Rubato.Schedules;

namespace Rubato.RangeTests;

/// <summary>
/// A learning rate range test: training under a rate that rises from update to update, to see between which rates the loss falls.
/// </summary>
/// <remarks>
/// Update i = 1..n is made with <c>start (end / start)^((i - 1) / (n - 1))</c>, or <c>start + (end - start) (i - 1) / (n - 1)</c> where the
/// spacing is linear. Source: Smith 2015, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186, section 3.3, for the
/// linear form. Immutable; equality is by value.
/// </remarks>
public sealed record RangeTest
{
    /// <summary>The fewest updates of a range test: below them no curve can be told from noise.</summary>
    public const int FewestUpdates = 10;

    /// <summary>A range test.</summary>
    /// <param name="startLr">The first rate; finite, above 0.</param>
    /// <param name="endLr">The last rate; finite, above <paramref name="startLr"/>.</param>
    /// <param name="updates">How many updates; at least <see cref="FewestUpdates"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RangeTest(double startLr, double endLr, long updates)
    {
        StartLr = Require.Positive(startLr);
        EndLr = Require.FiniteAbove(startLr, endLr);
        Updates = updates >= FewestUpdates
            ? updates
            : throw new ArgumentOutOfRangeException(nameof(updates), updates, $"updates must be at least {FewestUpdates}.");
    }

    /// <summary>The first rate.</summary>
    public double StartLr { get; }

    /// <summary>The last rate.</summary>
    public double EndLr { get; }

    /// <summary>How many updates.</summary>
    public long Updates { get; }

    /// <summary>How the rates lie between the first and the last.</summary>
    public RangeSpacing Spacing { get; init; }

    /// <summary>
    /// A run stops where its smoothed loss is above this many times its lowest; finite, above 1. Default: 4, as in fastai.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public double DivergeThreshold { get; init => field = Require.FiniteAbove(1, value, nameof(DivergeThreshold)); } = 4;

    /// <summary>The rates as a schedule of <see cref="Updates"/> batches, for a plan.</summary>
    public Schedule Schedule => Spacing == RangeSpacing.Exponential
        ? new Exponential(StartLr, EndLr, Duration.Batches(Updates - 1))
        : new Linear(StartLr, EndLr, Duration.Batches(Updates - 1));

    /// <summary>Starts one run.</summary>
    /// <returns>A new sweep, at the first update.</returns>
    public RateSweep Start() => new(this);
}
