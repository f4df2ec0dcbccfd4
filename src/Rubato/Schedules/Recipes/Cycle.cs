using Rubato.Numerics;
using Rubato.Schedules.Curves;
using Rubato.Time;

namespace Rubato.Schedules.Recipes;

/// <summary>What the cyclical recipes share.</summary>
internal static class Cycle
{
    /// <summary>Straight up and straight down again.</summary>
    internal static Schedule Triangle(double low, double high, Duration up, Duration down) =>
        new Linear(low, high, up).Then(new Linear(high, low, down.IsRest ? up : Require.Positive(down, "stepSizeDown")));

    internal static Duration Checked(Duration stepSize, string name) => Require.Positive(stepSize, name);

    /// <summary>How long a number of cycles takes; the rest where it is for ever.</summary>
    /// <exception cref="ArgumentException">There is a number, and the ways up and down have different units.</exception>
    internal static Duration Length(Duration up, Duration down, long? cycles) =>
        cycles is not { } count ? Duration.Rest
        : down.IsRest ? up.Times(2.0 * count)
        : up.Unit == down.Unit ? Duration.Of((up.Value + down.Value) * count, up.Unit)
        : throw new ArgumentException($"The way up is {up} and the way down {down}; with a number of cycles both must have one unit.", nameof(down));
}
