using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// The cyclical rate: from <c>base</c> straight up to <c>max</c> in a step size, and straight down again in another, for ever or for a
/// number of cycles. Text: <c>triangular(0.001..0.006, step 2000ba)</c>.
/// </summary>
/// <remarks>
/// Smith 2015, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186, section 3; a step size is 2 to 10 epochs there.
/// </remarks>
public sealed record Triangular : Recipe
{
    /// <summary>The cyclical rate.</summary>
    /// <param name="baseLr">The value at each cycle's start and end; finite.</param>
    /// <param name="maxLr">
    /// The value at each cycle's peak; finite; below <paramref name="baseLr"/> for a momentum that cycles against the rate.
    /// </param>
    /// <param name="stepSize">Half a cycle: the way up; above 0, not the rest.</param>
    /// <param name="stepSizeDown">The way down; as long as the way up where it is left out.</param>
    /// <param name="cycles">How many cycles, after which the last value stays; null for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Triangular(double baseLr, double maxLr, Duration stepSize, Duration stepSizeDown = default, long? cycles = null)
        : base(Expand(Require.Finite(baseLr), Require.Finite(maxLr), Duration.Positive(stepSize), stepSizeDown, Cycle.Counted(cycles)))
    {
        BaseLr = baseLr;
        MaxLr = maxLr;
        StepSize = stepSize;
        StepSizeDown = stepSizeDown;
        Cycles = cycles;
    }

    /// <summary>The value at each cycle's start and end.</summary>
    public double BaseLr { get; }

    /// <summary>The value at each cycle's peak.</summary>
    public double MaxLr { get; }

    /// <summary>Half a cycle: the way up.</summary>
    public Duration StepSize { get; }

    /// <summary>The way down; the rest where it is as long as the way up.</summary>
    public Duration StepSizeDown { get; }

    /// <summary>How many cycles; null for ever.</summary>
    public long? Cycles { get; }

    private static Repeat Expand(double low, double high, Duration up, Duration down, long? cycles) =>
        new Repeat(Cycle.Triangle(low, high, up, down), cycles);
}
