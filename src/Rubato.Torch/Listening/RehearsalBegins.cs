using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>A rehearsal is about to try learning rates, before the run itself.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RehearsalBegins : TrainingEvent
{
    /// <summary>
    /// The run as it was asked for. Its updates and samples are those of the whole budget, from which the rehearsal is taken off.
    /// </summary>
    public required RunDescription Run { get; init; }

    /// <summary>Samples that it may take outside the budget; at least 0.</summary>
    public required long FreeSamples { get; init; }

    /// <summary>The share of the budget that the rehearsal is allowed, from 0 to 1.</summary>
    public required double Share { get; init; }
}
