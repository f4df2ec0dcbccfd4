namespace Rubato.Torch.Tasks;

/// <summary>What a range test takes if nobody says.</summary>
/// <remarks>All of these are chosen, not fitted; docs/find.md has what was measured with them.</remarks>
internal static class UsualSweep
{
    /// <summary>The first rate, as a share of the optimizer's usual one.</summary>
    public const double StartShare = 1e-4;

    /// <summary>The last rate, as a multiple of the optimizer's usual one.</summary>
    public const double EndShare = 1e3;

    private const long FewestUpdates = 100;
    private const long MostUpdates = 400;
    private const int AccuracyPlaces = 25;
    private const int MostHeldOut = 1000;
    private const double HeldOutShare = 0.1;

    /// <summary>The updates: those of an epoch, but 100 at least and 400 at most.</summary>
    /// <param name="updatesPerEpoch">Updates of an epoch; above 0.</param>
    /// <returns>How many.</returns>
    public static long Updates(double updatesPerEpoch) => Math.Clamp((long)Math.Round(updatesPerEpoch), FewestUpdates, MostUpdates);

    /// <summary>Samples that are held out for the accuracy: a tenth, 1,000 at most.</summary>
    /// <param name="samples">The training samples; at least 2.</param>
    /// <returns>How many; at least 1.</returns>
    public static int HeldOut(int samples) => Math.Clamp((int)(HeldOutShare * samples), 1, MostHeldOut);

    /// <summary>After how many updates the accuracy is measured again.</summary>
    /// <param name="updates">The updates of the test.</param>
    /// <returns>How many; at least 1.</returns>
    public static long AccuracyEvery(long updates) => Math.Max(1, updates / AccuracyPlaces);
}
