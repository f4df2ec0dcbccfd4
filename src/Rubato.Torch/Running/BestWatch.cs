using Rubato.Runs.Records;

namespace Rubato.Torch.Running;

/// <summary>Chooses the best epoch of a run, and says when there was no better one for long.</summary>
/// <param name="watched">What is watched.</param>
/// <param name="patience">After how many epochs in a row without a new best the run ends, at least 1; null for never.</param>
/// <remarks>
/// Its memory is <see cref="State"/> alone. A value that is not finite is never the best. Not safe for use by several threads.
/// </remarks>
internal sealed class BestWatch(Watched watched, int? patience)
{
    /// <summary>What is watched.</summary>
    internal Watched Watched => watched;

    /// <summary>What is remembered.</summary>
    internal BestEpochState State { get; private set; } = BestEpochState.Initial;

    /// <summary>Whether the run ends here.</summary>
    internal bool IsOver => patience is { } most && State.Since >= most;

    /// <summary>Sees an epoch.</summary>
    /// <param name="epoch">What is known of it.</param>
    /// <returns>Whether it is strictly better than all before.</returns>
    internal bool See(BestRecord epoch)
    {
        var isBest = watched.IsBetter(epoch.Value, State.Best?.Value);
        State = isBest ? new BestEpochState(epoch, 0) : State with { Since = State.Since + 1 };
        return isBest;
    }

    /// <summary>Goes on from what another one remembered.</summary>
    /// <param name="state">The memory.</param>
    /// <exception cref="InvalidInputException">It is of a run that watched another measure; nothing has changed.</exception>
    internal void Restore(BestEpochState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        State = state.Best is not { } best || best.Watched == watched ? state : throw new InvalidInputException(new Finding(
            nameof(TrainerSettings.Best),
            watched.Text(),
            $"but the saved run has watched {best.Watched.Text()}",
            "watch the same"));
    }
}
