using System.Numerics;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// How much a <see cref="Rehearsal"/> may spend, and how it leans. The values given were chosen on the tasks of
/// <c>experiments/auto-rate</c>, beside grids of rates.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RehearsalSettings
{
    /// <summary>
    /// The <see cref="BatchLean"/> of optimizers whose updates do not grow with the gradient: Adam's family, LAMB, LARS, RMSprop, Adagrad,
    /// Adadelta.
    /// </summary>
    public const double AdaptiveBatchLean = 0.15;

    /// <summary>The <see cref="BatchLean"/> of SGD, with momentum of any kind or none.</summary>
    public const double SgdBatchLean = 0.3;

    /// <summary>The share of the budget's samples that probing may take; above 0, below 1.</summary>
    public double Share { get; init => field = Between0And1(value, nameof(Share)); } = 0.1;

    /// <summary>
    /// Samples that probing may take whatever the budget is, and that the run does not pay; at least 0. Where they are more than the
    /// <see cref="Share"/>, miniature runs become as long and as wide as the run itself, as far as that can be paid, and may take up to
    /// twice as many samples to find the best of them; the run keeps its whole budget.
    /// </summary>
    public long FreeSamples { get; init => field = AtLeast(value, 0, nameof(FreeSamples)); }

    /// <summary>
    /// The rate that is usual for the optimizer and the network, for budgets that have no room for any probing; finite, above 0. Null where
    /// none is known.
    /// </summary>
    public double? UsualRate { get; init => field = value is { } rate ? Require.Positive(rate, nameof(UsualRate)) : null; }

    /// <summary>Updates of a miniature run at the least, where the budget is small; at least 2.</summary>
    public int FewestUpdates { get; init => field = AtLeast(value, 2, nameof(FewestUpdates)); } = 20;

    /// <summary>Updates of a miniature run, where the budget allows them: instabilities need tens of updates to show.</summary>
    public int UsualUpdates { get; init => field = AtLeast(value, 2, nameof(UsualUpdates)); } = 50;

    /// <summary>Updates of a miniature run as a share of the run's; at least 0.</summary>
    public double UpdatesShare { get; init => field = Require.FiniteAtLeastZero(value, nameof(UpdatesShare)); } = 0.02;

    /// <summary>Updates of a miniature run at the most.</summary>
    public int MostUpdates { get; init => field = AtLeast(value, 2, nameof(MostUpdates)); } = 200;

    /// <summary>Samples of a micro-batch at the least.</summary>
    public int FewestSamples { get; init => field = AtLeast(value, 1, nameof(FewestSamples)); } = 8;

    /// <summary>Miniature runs that are reckoned with when the micro-batch is chosen; above 0.</summary>
    public double ExpectedRuns { get; init => field = Require.Positive(value, nameof(ExpectedRuns)); } = 4;

    /// <summary>Times that each miniature run is made at the most, on other samples each time, where there are free samples left.</summary>
    public int MostRepeats { get; init => field = AtLeast(value, 1, nameof(MostRepeats)); } = 4;

    /// <summary>
    /// How far the peak moves down, in decades for each decade of updates that the run is longer than a rehearsal; finite. Below 0 for
    /// Adagrad, whose steps become smaller by themselves.
    /// </summary>
    public double HorizonLean { get; init => field = Require.Finite(value, nameof(HorizonLean)); } = 0.1;

    /// <summary>
    /// How far the peak moves up, in decades for each decade that the batch is larger than a micro-batch; at least 0. Noise alone would ask
    /// for 1 with SGD and 1/2 where updates do not grow with the gradient, as Adam's; a rate that is limited by the curvature, for nothing.
    /// <see cref="AdaptiveBatchLean"/> and <see cref="SgdBatchLean"/> were measured.
    /// </summary>
    public double BatchLean { get; init => field = Require.FiniteAtLeastZero(value, nameof(BatchLean)); } = AdaptiveBatchLean;

    /// <summary>The most that the peak moves up, in decades.</summary>
    public double MostLean { get; init => field = Require.FiniteAtLeastZero(value, nameof(MostLean)); } = 0.8;

    /// <summary>The share by which a miniature run must lower the loss, or the rehearsal is done again, twice as long.</summary>
    public double WantedDrop { get; init => field = Require.Fraction(value, nameof(WantedDrop)); } = 0.15;

    /// <summary>
    /// The share by which the best miniature run must lower the loss, or the runs say little and there is no leaning; in [0, 1).
    /// </summary>
    public double LeastDrop { get; init => field = Require.Fraction(value, nameof(LeastDrop)); } = 0.04;

    /// <summary>The share of a miniature run that warms up; above 0, below 1.</summary>
    public double Warmup { get; init => field = Between0And1(value, nameof(Warmup)); } = 0.2;

    private static double Between0And1(double value, string name) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and below 1.");

    private static T AtLeast<T>(T value, T minimum, string name)
        where T : IBinaryInteger<T> =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {minimum}.");
}
