namespace Rubato.Torch;

/// <summary>How a run is saved.</summary>
/// <param name="Every">How often.</param>
/// <param name="Keep">How many checkpoints stay; at least 1.</param>
/// <param name="Request">Asks for a checkpoint at once; null if nobody does.</param>
internal sealed record SaveSettings(SaveInterval Every, int Keep, SaveRequest? Request = null)
{
    /// <summary>How many checkpoints stay, if nobody says.</summary>
    internal const int UsualKeep = 2;
}
