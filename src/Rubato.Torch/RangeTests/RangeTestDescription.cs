using Rubato.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Torch.RangeTests;

/// <summary>A range test that was set up: every choice resolved.</summary>
/// <remarks>Immutable. Two are equal only if they share their notes.</remarks>
internal sealed record RangeTestDescription : TrainingEvent
{
    /// <summary>The sweep of one run.</summary>
    public required RangeTest Test { get; init; }

    /// <summary>The number of runs, over all variants and repeats; at least 1.</summary>
    public required int Runs { get; init; }

    /// <summary>The data set as it was asked for.</summary>
    public required string Data { get; init; }

    /// <summary>Training samples of the data set, those held out included; at least 1.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Training samples that are held out for the accuracy; 0 if the accuracy is not measured.</summary>
    public required int HeldOutSamples { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public required string Network { get; init; }

    /// <summary>Trained numbers in the network; at least 1.</summary>
    public required long Parameters { get; init; }

    /// <summary>The optimizer as it was asked for.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The global batch size in samples; at least 1.</summary>
    public required long BatchSize { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads inside an operator; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>What did not fit of the weights that the network begins with: sentences for a person.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
