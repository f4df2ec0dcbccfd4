using System.Text.Json.Serialization;

namespace Rubato.Schedules;

/// <summary>What the rate and the momentum of one cycle share.</summary>
internal static class OneCyclePhases
{
    /// <summary>From the start to the peak and on to the end; with three phases by way of the start.</summary>
    internal static Over Expand(double start, double peak, double end, double pct, int phases, Anneal anneal, Duration length)
    {
        var rise = Line(start, peak, Duration.Share(pct), anneal);
        var fall = phases == 2
            ? Line(peak, end, Duration.Rest, anneal)
            : Line(peak, start, Duration.Share(pct), anneal).Then(Line(start, end, Duration.Rest, anneal));
        return new Over(rise.Then(fall), length);
    }

    /// <summary>The checked share that rises.</summary>
    internal static double Share(double pctStart, int phases) => phases switch
    {
        2 when pctStart is >= 0 and <= 1 => pctStart,
        3 when pctStart is >= 0 and <= 0.5 => pctStart,
        2 => throw new ArgumentOutOfRangeException(nameof(pctStart), pctStart, "pctStart must be at least 0 and at most 1."),
        3 => throw new ArgumentOutOfRangeException(
            nameof(pctStart), pctStart, "pctStart must be at least 0 and at most 0.5 with three phases."),
        _ => throw new ArgumentOutOfRangeException(nameof(phases), phases, "phases must be 2 or 3."),
    };

    private static Schedule Line(double from, double to, Duration length, Anneal anneal) => anneal switch
    {
        Anneal.Cosine => new Cosine(from, to, length),
        Anneal.Linear => new Linear(from, to, length),
        _ => throw new ArgumentOutOfRangeException(nameof(anneal), anneal, "anneal must be Cosine or Linear."),
    };
}

/// <summary>The shape of a phase of <see cref="OneCycle"/>.</summary>
public enum Anneal
{
    /// <summary>Half a cosine wave.</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,

    /// <summary>A straight line.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,
}
