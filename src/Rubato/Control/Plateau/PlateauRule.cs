namespace Rubato.Control;

/// <summary>
/// What a mean of losses, or an evaluation, does: <c>step</c> of PyTorch 1.13's <c>ReduceLROnPlateau</c>, line by line. The mode is
/// <c>max</c> if an accuracy is watched, and <c>min</c> otherwise.
/// </summary>
internal static class PlateauRule
{
    /// <summary>The memory after a mean.</summary>
    /// <param name="settings">What to do.</param>
    /// <param name="mean">The mean; one that is not a number is no better than any.</param>
    /// <param name="rate">What the next update would be made with, before it is scaled.</param>
    /// <param name="state">The memory before it.</param>
    internal static PlateauState Judge(ReduceOnPlateauSettings settings, double mean, double rate, PlateauState state)
    {
        var isBetter = IsBetter(settings, mean, state.Best ?? Worst(settings));
        var (bad, cooldown) = (isBetter ? 0 : state.Bad + 1, state.Cooldown);
        if (cooldown > 0)
        {
            (bad, cooldown) = (0, cooldown - 1);
        }

        var judged = state with { Means = state.Means + 1, LastMean = mean, Best = isBetter ? mean : state.Best };
        return bad > settings.Patience
            ? Reduced(settings, rate, judged) with { Bad = 0, Cooldown = settings.Cooldown }
            : judged with { Bad = bad, Cooldown = cooldown };
    }

    /// <summary>A rate with the scale and the floor; a rate that is below the floor by itself stays as it is.</summary>
    internal static double Scaled(ReduceOnPlateauSettings settings, double rate, double scale) =>
        Math.Max(rate * scale, Math.Min(rate, settings.MinLr));

    private static double Worst(ReduceOnPlateauSettings settings) =>
        IsMax(settings) ? double.NegativeInfinity : double.PositiveInfinity;

    private static bool IsMax(ReduceOnPlateauSettings settings) => settings.Watch is { } watched && watched.IsAccuracy();

    private static bool IsBetter(ReduceOnPlateauSettings settings, double mean, double best) =>
        (IsMax(settings), settings.ThresholdMode) switch
        {
            (false, ThresholdMode.Relative) => mean < best * (1 - settings.Threshold),
            (false, _) => mean < best - settings.Threshold,
            (true, ThresholdMode.Relative) => mean > best * (1 + settings.Threshold),
            (true, _) => mean > best + settings.Threshold,
        };

    private static PlateauState Reduced(ReduceOnPlateauSettings settings, double rate, PlateauState state)
    {
        var old = Scaled(settings, rate, state.Scale);
        var reduced = Math.Max(old * settings.Factor, settings.MinLr);

        // A scale that can be told from 0 no more would stay there for ever.
        var scale = state.Scale * settings.Factor;
        return old - reduced > settings.Eps && scale > 0 ? state with { Scale = scale, Reductions = state.Reductions + 1 } : state;
    }
}
