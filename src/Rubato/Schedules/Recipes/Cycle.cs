using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>What the cyclical recipes share.</summary>
internal static class Cycle
{
    /// <summary>Straight up and straight down again.</summary>
    internal static Schedule Triangle(double low, double high, Duration up, Duration down) =>
        new Linear(low, high, up).Then(new Linear(high, low, down.IsRest ? up : Duration.Positive(down, "stepSizeDown")));

    /// <summary>The checked number of cycles.</summary>
    internal static long? Counted(long? cycles) => cycles is { } count ? Require.Positive(count, nameof(cycles)) : null;

    /// <summary>How long a number of cycles takes; the rest where it is for ever.</summary>
    /// <exception cref="ArgumentException">There is a number, and the ways up and down have different units.</exception>
    internal static Duration Length(Duration stepSize, Duration stepSizeDown, long? cycles) =>
        cycles is not { } count ? Duration.Rest
        : stepSizeDown.IsRest ? stepSize.Times(2.0 * count)
        : stepSize.Unit == stepSizeDown.Unit ? Duration.Of((stepSize.Value + stepSizeDown.Value) * count, stepSize.Unit)
        : throw new ArgumentException(
            $"The way up is {stepSize} and the way down {stepSizeDown}; with a number of cycles both must have one unit.",
            nameof(stepSizeDown));
}
