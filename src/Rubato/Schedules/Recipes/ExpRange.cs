using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// The cyclical rate whose boundaries decay with <c>gamma^(t / every)</c>; <c>tri(t)</c> goes from 0 to 1 and back in each cycle. With
/// <see cref="Decaying.Both"/>, as the paper's text has it, <c>(base + (max - base) tri(t)) gamma^(t / every)</c>; with
/// <see cref="Decaying.Amplitude"/>, as the author's Keras code and PyTorch have it, <c>base + (max - base) tri(t) gamma^(t / every)</c>.
/// Text: <c>exp-range(0.001..0.006, step 2000ba, gamma 0.99994)</c>, with <c>decays amplitude</c> for the other reading.
/// </summary>
/// <remarks>
/// Smith 2015, arXiv 1506.01186, section 3: "each boundary value declines by an exponential factor of gamma^iteration". The paper's remark
/// that exp_range oscillates around exp fits that text, so it is the default. After 42,000 iterations with gamma 0.99994 the peaks of the
/// two readings differ threefold.
/// </remarks>
public sealed record ExpRange : Recipe
{
    /// <summary>The cyclical rate with decaying boundaries.</summary>
    /// <param name="baseLr">The value at the start; finite.</param>
    /// <param name="maxLr">The upper boundary at the start; finite.</param>
    /// <param name="stepSize">Half a cycle: the way up; above 0, not the rest.</param>
    /// <param name="gamma">The factor; finite, above 0.</param>
    /// <param name="every">Over how long the factor is applied once; one batch where it is left out, as in the paper.</param>
    /// <param name="decays">Which reading.</param>
    /// <param name="stepSizeDown">The way down; as long as the way up where it is left out.</param>
    /// <param name="cycles">How many cycles, after which the last value stays; null for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ExpRange(
        double baseLr,
        double maxLr,
        Duration stepSize,
        double gamma,
        Duration every = default,
        Decaying decays = Decaying.Both,
        Duration stepSizeDown = default,
        long? cycles = null)
        : base(Expand(
            Require.Finite(baseLr),
            Require.Finite(maxLr),
            Duration.Positive(stepSize),
            gamma,
            every,
            decays,
            stepSizeDown,
            Cycle.Counted(cycles)))
    {
        BaseLr = baseLr;
        MaxLr = maxLr;
        StepSize = stepSize;
        Gamma = gamma;
        Every = every.IsRest ? Duration.Batches(1) : every;
        Decays = decays;
        StepSizeDown = stepSizeDown;
        Cycles = cycles;
    }

    /// <summary>The value at the start.</summary>
    public double BaseLr { get; }

    /// <summary>The upper boundary at the start.</summary>
    public double MaxLr { get; }

    /// <summary>Half a cycle: the way up.</summary>
    public Duration StepSize { get; }

    /// <summary>The factor.</summary>
    public double Gamma { get; }

    /// <summary>Over how long the factor is applied once.</summary>
    public Duration Every { get; }

    /// <summary>Which reading.</summary>
    public Decaying Decays { get; }

    /// <summary>The way down; the rest where it is as long as the way up.</summary>
    public Duration StepSizeDown { get; }

    /// <summary>How many cycles; null for ever.</summary>
    public long? Cycles { get; }

    private static Schedule Expand(
        double low, double high, Duration up, double gamma, Duration every, Decaying decays, Duration down, long? cycles)
    {
        var decay = new Exp(1, gamma, every.IsRest ? Duration.Batches(1) : every, Cycle.Length(up, down, cycles));
        return decays switch
        {
            Decaying.Both => new Repeat(Cycle.Triangle(low, high, up, down), cycles) * decay,
            Decaying.Amplitude => new Constant(low) + (new Repeat(Cycle.Triangle(0, high - low, up, down), cycles) * decay),
            _ => throw new ArgumentOutOfRangeException(nameof(decays), decays, "decays must be Both or Amplitude."),
        };
    }
}

/// <summary>What decays in <see cref="ExpRange"/>.</summary>
public enum Decaying
{
    /// <summary>Both boundaries: the paper's text.</summary>
    [JsonStringEnumMemberName("both")]
    Both,

    /// <summary>The amplitude above the lower boundary: the author's Keras code and PyTorch.</summary>
    [JsonStringEnumMemberName("amplitude")]
    Amplitude,
}
