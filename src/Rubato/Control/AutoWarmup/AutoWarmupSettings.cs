using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What <see cref="AutoWarmup"/> is told; the names are those of the authors' code.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupSettings
{
    /// <summary>
    /// Tests a two-hundredth of the budget apart, each on all losses with the likeliest variances, and five in a row; goes back to the best
    /// rate where no minimum was found, and takes three losses in a row that are not finite for a verdict.
    /// </summary>
    public static AutoWarmupSettings Default { get; } = new();

    /// <summary>
    /// As published: tests at the end of each epoch, five votes on random subsets, three epochs in a row; where no minimum was found, the
    /// cooldown begins at the rate that was reached; losses that are not finite are left out and mean nothing.
    /// </summary>
    public static AutoWarmupSettings Paper { get; } = new()
    {
        Patience = 3,
        Tests = 5,
        TestEvery = Duration.Epochs(1),
        MinLosses = 1,
        Evidence = WarmupEvidence.RandomSubsets,
        GoesBackWithoutMinimum = false,
        NonFinitePatience = null,
    };

    /// <summary>The first rate; finite, above 0.</summary>
    public double MinLr { get; init => field = Require.Positive(value, nameof(MinLr)); } = 1e-5;

    /// <summary>The rate at the end of the longest warm-up; finite, above <see cref="MinLr"/>.</summary>
    public double MaxLr { get; init => field = Require.Positive(value, nameof(MaxLr)); } = 1;

    /// <summary>The share of the budget's updates that the longest warm-up takes, rounded down; in (0, 1].</summary>
    public double MaxWarmupFraction { get; init => field = Share(value, nameof(MaxWarmupFraction)); } = 0.5;

    /// <summary>How the rate rises.</summary>
    public WarmupType WarmupType { get; init; }

    /// <summary>How many tests in a row must say that the minimum is past; at least 1.</summary>
    public int Patience { get; init => field = AtLeastOne(value, nameof(Patience)); } = 5;

    /// <summary>
    /// How many votes a test has, of which more than half decide; at least 1. Votes differ with <see cref="WarmupEvidence.RandomSubsets"/>
    /// only.
    /// </summary>
    public int Tests { get; init => field = AtLeastOne(value, nameof(Tests)); } = 1;

    /// <summary>Above which probability a vote says that the minimum is past; in (0, 1].</summary>
    public double Confidence { get; init => field = Share(value, nameof(Confidence)); } = 0.95;

    /// <summary>
    /// A factor of the found rate over what is left of the budget; shares are of the whole budget. See <see cref="WarmupCooldowns"/>.
    /// </summary>
    public Schedule Cooldown { get; init; } = WarmupCooldowns.Cosine;

    /// <summary>
    /// The time between tests: epochs and samples end with the update that reaches them; batches and shares are rounded to whole updates,
    /// at least 1. <see cref="Duration.Rest"/> stands for a two-hundredth of the budget's updates.
    /// </summary>
    public Duration TestEvery { get; init; }

    /// <summary>
    /// How many losses there must be before the first test, and how many give the first level of <see cref="WarmupEvidence.AllLosses"/>; at
    /// least 1.
    /// </summary>
    public int MinLosses { get; init => field = AtLeastOne(value, nameof(MinLosses)); } = 20;

    /// <summary>What a test looks at.</summary>
    public WarmupEvidence Evidence { get; init; }

    /// <summary>
    /// What happens at the end of the longest warm-up without a verdict: back to the rate at which the smoothed loss was smallest, or a
    /// cooldown from the rate of the last update, close to <see cref="MaxLr"/>, as published. A loss that has not fallen there since the
    /// first update, with a probability above <see cref="Confidence"/>, has no minimum to go back to, and the cooldown begins at the last
    /// rate in either case.
    /// </summary>
    public bool GoesBackWithoutMinimum { get; init; } = true;

    /// <summary>
    /// How many losses in a row that are not finite say that the rate is too high; at least 1, null for never. A single one may come from
    /// the arithmetic of low precision; after several the weights themselves are most likely lost, and must be restored by the caller.
    /// </summary>
    public int? NonFinitePatience { get; init => field = value is { } count ? AtLeastOne(count, nameof(NonFinitePatience)) : null; } = 3;

    /// <summary>The seed of random subsets; the same for all processes of a run.</summary>
    public long Seed { get; init; }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    private static double Share(double value, string name) =>
        value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");
}
