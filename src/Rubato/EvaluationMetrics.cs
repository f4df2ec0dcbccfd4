namespace Rubato;

/// <summary>What an evaluation has measured between two updates, as a <see cref="Driver"/> is told of it.</summary>
/// <remarks>Immutable; equality is by value. <c>default</c> stands for nothing that was measured.</remarks>
public readonly record struct EvaluationMetrics
{
    /// <summary>The mean loss over the validation samples; may be non-finite, and null if it was not measured.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The share of the validation samples that is right, 0..1; null if it was not measured.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The mean loss over the test set; may be non-finite, and null if it was not measured.</summary>
    public double? TestLoss { get; init; }

    /// <summary>The share of the test set that is right, 0..1; null if it was not measured.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>The one that is watched.</summary>
    /// <param name="watched">Which one.</param>
    /// <returns>Its value; null if it was not measured.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="watched"/> is none of the four.</exception>
    public double? Of(Watched watched) => watched switch
    {
        Watched.ValidationLoss => ValidationLoss,
        Watched.ValidationAccuracy => ValidationAccuracy,
        Watched.TestLoss => TestLoss,
        Watched.TestAccuracy => TestAccuracy,
        _ => throw new ArgumentOutOfRangeException(nameof(watched), watched, "It must be one of the four."),
    };
}
