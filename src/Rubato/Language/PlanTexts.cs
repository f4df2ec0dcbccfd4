namespace Rubato.Language;

/// <summary>A plan as a user writes it, in flags or in a file; <see cref="PlanText.Parse"/> reads it.</summary>
/// <remarks>Immutable; nothing is checked here.</remarks>
internal sealed record PlanTexts
{
    /// <summary>
    /// A schedule, or a number: the peak of a linear warm-up followed by a cosine to 0, <c>warmup(cosine(PEAK -> 0), SHARE, from 0.04)</c>.
    /// </summary>
    public required string LearningRate { get; init; }

    /// <summary>The share of the budget that warms up where <see cref="LearningRate"/> is a number; null is 0.05.</summary>
    public double? Warmup { get; init; }

    /// <summary>A schedule of the global batch size in samples.</summary>
    public string BatchSize { get; init; } = "128";

    /// <summary>A schedule.</summary>
    public string Momentum { get; init; } = "0.9";

    /// <summary>A schedule.</summary>
    public string WeightDecay { get; init; } = "0";

    /// <summary>The budget, such as <c>10ep</c>.</summary>
    public required string Length { get; init; }

    /// <summary>The size of the training set; null where it is not known.</summary>
    public long? SamplesPerEpoch { get; init; }

    /// <summary><c>carry</c> or <c>cut</c>.</summary>
    public string Tail { get; init; } = "carry";

    /// <summary>
    /// Parameter groups with schedules of their own, as <c>NAME(lr ..., momentum ..., weight-decay ...)</c> with semicolons between
    /// groups; <c>base</c> inside stands for the plan's own schedule. Empty for none.
    /// </summary>
    public string Groups { get; init; } = "";
}
