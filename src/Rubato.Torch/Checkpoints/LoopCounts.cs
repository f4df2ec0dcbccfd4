namespace Rubato.Torch.Checkpoints;

/// <summary>What a loop counts beside the training's state.</summary>
/// <param name="ObservingSeconds">The time that the controller's observing has taken; finite, at least 0.</param>
/// <param name="ClipUpdates">Updates under clipping; at least 0.</param>
/// <param name="Clipped">Those of them whose gradient became smaller; at least 0.</param>
internal readonly record struct LoopCounts(double ObservingSeconds, long ClipUpdates, long Clipped)
{
    internal bool IsPossible =>
        ObservingSeconds >= 0 && ObservingSeconds < TimeSpan.MaxValue.TotalSeconds / 2 && Clipped >= 0 && ClipUpdates >= Clipped;
}
