using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>A verification that was set up: every choice resolved.</summary>
/// <remarks>Immutable. Two are equal only if they share their notes.</remarks>
public sealed record VerificationDescription : TrainingEvent
{
    /// <summary>The data set as it was asked for.</summary>
    public required string Data { get; init; }

    /// <summary>Training samples an epoch; at least 1.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public required string Network { get; init; }

    /// <summary>Trained numbers in the network; at least 1.</summary>
    public required long Parameters { get; init; }

    /// <summary>The optimizer as it was asked for.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The learning rate as text.</summary>
    public required string LearningRate { get; init; }

    /// <summary>All rewrites as text.</summary>
    public required string Rewrite { get; init; }

    /// <summary>How weight decay is run as a growing rate.</summary>
    public required ExponentialRecord Exponential { get; init; }

    /// <summary>The most updates that will be made; at least 1.</summary>
    public required long Updates { get; init; }

    /// <summary>The largest difference of any output at which the claim still holds; above 0.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Whether numbers have 64 bits; otherwise they have 32.</summary>
    public required bool IsDouble { get; init; }

    /// <summary>The number of test samples for which outputs are compared; at least 1.</summary>
    public required int Probe { get; init; }

    /// <summary>What did not fit of the weights that the network begins with: sentences for a person.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
