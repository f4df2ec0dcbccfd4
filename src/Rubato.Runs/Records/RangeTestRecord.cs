namespace Rubato.Runs.Records;

/// <summary>How a range test found the bounds of the learning rate before the run, in <c>summary.json</c>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RangeTestRecord : TrainingEvent
{
    /// <summary>The lower bound; above 0, and null if there was no clear answer.</summary>
    public required double? BaseLr { get; init; }

    /// <summary>The upper bound; above 0, and null if there was no clear answer.</summary>
    public required double? MaxLr { get; init; }

    /// <summary>The rule that decided, such as <c>lowest</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How much the rules agree on the upper bound, 0..1; 0 if there was no clear answer.</summary>
    public required double Confidence { get; init; }

    /// <summary>Why there was no clear answer; null if there was one.</summary>
    public required string? Reason { get; init; }

    /// <summary>The global batch size of the test in samples; at least 1.</summary>
    public required long BatchSize { get; init; }

    /// <summary>Updates of the test; none of them counts as one of the run.</summary>
    public required long Updates { get; init; }

    /// <summary>Training samples seen by the test.</summary>
    public required long Samples { get; init; }

    /// <summary>Wall-clock seconds that the test took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The learning rate of the run that followed, as text; null if none followed.</summary>
    public required string? Schedule { get; init; }
}
