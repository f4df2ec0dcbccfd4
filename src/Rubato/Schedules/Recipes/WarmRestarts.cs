using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// SGDR: cosines from <c>max</c> to <c>min</c>, each <c>mult</c> times as long as the one before, with a restart at <c>max</c> after each.
/// Text: <c>sgdr(0.1 -> 0, first 10ep, mult 2)</c>.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts", arXiv 1608.03983, section 3; <c>T_0</c>,
/// <c>T_mult</c> and <c>eta_min</c> of PyTorch's <c>CosineAnnealingWarmRestarts</c>.
/// </remarks>
public sealed record WarmRestarts : Recipe
{
    /// <summary>Cosines with warm restarts.</summary>
    /// <param name="maxLr">The value after each restart; finite.</param>
    /// <param name="minLr">The value at the end of each cycle; finite.</param>
    /// <param name="first">
    /// How long the first cycle is; above 0; the rest only with a number of cycles, which then share the budget.
    /// </param>
    /// <param name="mult">How many times as long each cycle is as the one before; at least 1, at most 1e100.</param>
    /// <param name="cycles">How many cycles; null for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The first cycle takes the rest, and there is no number of cycles.</exception>
    public WarmRestarts(double maxLr, double minLr, Duration first, double mult = 1, long? cycles = null)
        : base(Expand(Require.Finite(maxLr), Require.Finite(minLr), first, mult, Cycle.Counted(cycles)))
    {
        MaxLr = maxLr;
        MinLr = minLr;
        First = first;
        Mult = mult;
        Cycles = cycles;
    }

    /// <summary>The value after each restart.</summary>
    public double MaxLr { get; }

    /// <summary>The value at the end of each cycle.</summary>
    public double MinLr { get; }

    /// <summary>How long the first cycle is.</summary>
    public Duration First { get; }

    /// <summary>How many times as long each cycle is as the one before.</summary>
    public double Mult { get; }

    /// <summary>How many cycles; null for ever.</summary>
    public long? Cycles { get; }

    private static Repeat Expand(double max, double min, Duration first, double mult, long? cycles)
    {
        if (mult is not (>= 1 and <= Schedules.Repeat.MostLengthening))
        {
            throw new ArgumentOutOfRangeException(nameof(mult), mult, "mult must be at least 1 and at most 1e100.");
        }

        return first.IsRest && cycles is null
            ? throw new ArgumentException(
                "first must be a duration, such as 10ep, unless a number of cycles shares the budget.", nameof(first))
            : new Repeat(new Cosine(max, min, first.IsRest ? first : Duration.Positive(first)), cycles, mult);
    }
}
