using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>A run that was set up: every choice resolved.</summary>
/// <remarks>Immutable. Two are equal only if they share their notes.</remarks>
public sealed record RunDescription : TrainingEvent
{
    /// <summary>The path of the run folder; null if nothing is written.</summary>
    public required string? Folder { get; init; }

    /// <summary>The data set as it was asked for.</summary>
    public required string Data { get; init; }

    /// <summary>Training samples an epoch; at least 1.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples that are held out for evaluation; 0 if none are.</summary>
    public required int TestSamples { get; init; }

    /// <summary>Samples that are held out of the training set for validation; 0 if none are.</summary>
    public int ValidationSamples { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public required string Network { get; init; }

    /// <summary>Trained numbers in the network; at least 1.</summary>
    public required long Parameters { get; init; }

    /// <summary>The optimizer as it was asked for.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The learning rate as it was asked for: a schedule, or the number that is the peak of the usual one.</summary>
    public required string LearningRate { get; init; }

    /// <summary>Passes over the training set; above 0, and a fraction if the budget ends within a pass.</summary>
    public required double Epochs { get; init; }

    /// <summary>Passes that a rehearsal has taken off the length that was asked for; 0 without one.</summary>
    public double RehearsedEpochs { get; init; }

    /// <summary>
    /// How many updates a short warm-up from 0 has, the first of which changes nothing; null if there is none, or the rate is decided
    /// while training goes on (<see cref="TrainingPlan.ShortWarmupFromZero"/>).
    /// </summary>
    public int? WarmupFromZero { get; init; }

    /// <summary>The plan's budget in samples; the run ends with the whole update nearest to it.</summary>
    public required long Samples { get; init; }

    /// <summary>Optimizer updates in the whole run; with <see cref="GrowsBatch"/>, the most that there may be.</summary>
    public required long Updates { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads inside an operator; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>How many processes train together; at least 1.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>What carries their messages and where they are, such as <c>Open MPI 4.1.4, 2 hosts</c>; empty for one process.</summary>
    public string Peers { get; init; } = "";

    /// <summary><c>contiguous</c> or <c>channels-last</c>.</summary>
    public required string MemoryFormat { get; init; }

    /// <summary>
    /// What can be done but is seldom meant, such as a batch above the training set: sentences for a person; none for most runs.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether measurements let the batch grow, so that the number of updates is not known beforehand.</summary>
    public bool GrowsBatch { get; init; }

    /// <summary>Whether any update has weight decay to run as a growing rate; true if no such run is asked for.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>How weight decay is run as a growing rate; null if it is not.</summary>
    public ExponentialRecord? Exponential { get; init; }
}
