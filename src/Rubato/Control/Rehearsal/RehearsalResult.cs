using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>What a <see cref="Rehearsal"/> found, and from what.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RehearsalResult
{
    /// <summary>The learning rate to train with at the peak; above 0.</summary>
    public required double PeakRate { get; init; }

    /// <summary>The lowest rate of the bracket that lowers the loss; above 0.</summary>
    public required double Low { get; init; }

    /// <summary>The highest rate of the bracket that lowers the loss; above 0.</summary>
    public required double High { get; init; }

    /// <summary>
    /// The loss of the reference batch before any update. It is the loss of the bracket's batch if nothing was rehearsed, and NaN if
    /// nothing was probed.
    /// </summary>
    public required double StartLoss { get; init; }

    /// <summary>The miniature runs that decided, in ascending order of their rates; empty if the budget has no room for them.</summary>
    public required ImmutableArray<RehearsedRun> Runs { get; init; }

    /// <summary>The length of a miniature run in updates.</summary>
    public required int Updates { get; init; }

    /// <summary>The samples of an update of a miniature run.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>How often each miniature run was made, on other samples each time; at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The cost of all probing in samples of training; at least 0. A forward pass alone counts as a third.</summary>
    public required long Samples { get; init; }

    /// <summary>
    /// The part of <see cref="Samples"/> that the run's budget is shortened by; at least 0. It is what goes beyond
    /// <see cref="RehearsalSettings.FreeSamples"/>, and 0 where those are the larger budget of probing.
    /// </summary>
    public required long PaidSamples { get; init; }

    /// <summary>Whether training goes on from the weights of the best miniature run.</summary>
    public required bool TookWeights { get; init; }

    /// <summary>What speaks against the rate; <see cref="RehearsalDoubt.None"/> if the best run has a worse one on either side.</summary>
    public required RehearsalDoubt Doubt { get; init; }
}

/// <summary>A rate and what a miniature run with it came to.</summary>
/// <param name="Rate">The peak of the miniature run.</param>
/// <param name="Score">
/// The reference batch's <see cref="IRehearsalSubject.Score"/> after it, the mean of all repeats; lower is better. Bounded, where the run
/// went wrong.
/// </param>
/// <remarks>Immutable.</remarks>
public readonly record struct RehearsedRun(double Rate, double Score);
