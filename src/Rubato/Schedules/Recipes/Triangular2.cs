using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// The cyclical rate whose amplitude is halved after every cycle: the peaks are <c>base + (max - base) / 2^c</c>. Text:
/// <c>triangular2(0.001..0.006, step 2000ba)</c>.
/// </summary>
/// <remarks>
/// Smith 2015, arXiv 1506.01186, section 3.
/// </remarks>
public sealed record Triangular2 : Recipe
{
    /// <summary>The cyclical rate with halving amplitude.</summary>
    /// <param name="baseLr">The value at each cycle's start and end; finite.</param>
    /// <param name="maxLr">
    /// The value at the first cycle's peak; finite; below <paramref name="baseLr"/> for a momentum that cycles against the rate.
    /// </param>
    /// <param name="stepSize">Half a cycle: the way up; above 0, not the rest.</param>
    /// <param name="stepSizeDown">The way down; as long as the way up where it is left out.</param>
    /// <param name="cycles">How many cycles, after which the last value stays; null for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Triangular2(double baseLr, double maxLr, Duration stepSize, Duration stepSizeDown = default, long? cycles = null)
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

    /// <summary>The value at the first cycle's peak.</summary>
    public double MaxLr { get; }

    /// <summary>Half a cycle: the way up.</summary>
    public Duration StepSize { get; }

    /// <summary>The way down; the rest where it is as long as the way up.</summary>
    public Duration StepSizeDown { get; }

    /// <summary>How many cycles; null for ever.</summary>
    public long? Cycles { get; }

    private static Schedule Expand(double low, double high, Duration up, Duration down, long? cycles) =>
        new Constant(low) + new Repeat(Cycle.Triangle(0, high - low, up, down), cycles, amplify: 0.5);
}
