using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Cli.Settings;

/// <summary>What a range test is asked for: a training, and between which rates to try it.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record FindSettings
{
    /// <summary>
    /// The training. Its learning rate, warm-up, length, guard and folder are not used; momentum and weight decay are those of its start.
    /// </summary>
    public TrainSettings Training { get; init; } = new();

    /// <summary>
    /// Momenta to compare, each as in <see cref="TrainSettings.Momentum"/>; empty for that of <see cref="Training"/> alone.
    /// </summary>
    public ImmutableArray<Schedule> Momenta { get; init; } = [];

    /// <summary>
    /// Weight decays to compare, each as in <see cref="TrainSettings.WeightDecay"/>; empty for that of <see cref="Training"/> alone.
    /// </summary>
    public ImmutableArray<Schedule> WeightDecays { get; init; } = [];

    /// <summary>The first rate; finite, above 0. Null: the optimizer's usual rate for the network, divided by 10,000.</summary>
    public double? StartLr { get; init; }

    /// <summary>The last rate; finite, above the first. Null: the optimizer's usual rate for the network, times 1,000.</summary>
    public double? EndLr { get; init; }

    /// <summary>How the rates lie between them.</summary>
    public RangeSpacing Spacing { get; init; }

    /// <summary>Updates of a run; at least <see cref="RangeTest.FewestUpdates"/>. Null: those of <see cref="Epochs"/>.</summary>
    public long? Iterations { get; init; }

    /// <summary>
    /// Epochs of a run; finite, above 0. Null, with <see cref="Iterations"/> null as well: one epoch, but 100 updates at least and 400 at
    /// most.
    /// </summary>
    public double? Epochs { get; init; }

    /// <summary>Runs, each from a seed of its own, counted from that of <see cref="Training"/>; 1..100.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>A run stops where its smoothed loss is above this many times its lowest; finite, above 1.</summary>
    public double DivergeThreshold { get; init; } = 4;

    /// <summary>
    /// After how many updates the accuracy is measured again; at least 1, or 0 for never. Null: a twenty-fifth of the run's.
    /// </summary>
    public long? AccuracyEvery { get; init; }

    /// <summary>
    /// Training examples that are held out to measure the accuracy on; at least 1, at most half of the training set. Null: a tenth of it,
    /// 1,000 at most.
    /// </summary>
    public int? AccuracySamples { get; init; }

    /// <summary>How the answer is found; its batch size is not used.</summary>
    public RangeSuggestionSettings Suggestion { get; init; } = new();
}
