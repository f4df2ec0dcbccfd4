using System.Collections.Immutable;

namespace Rubato;

/// <summary>What can be said of a <see cref="Watched"/>.</summary>
public static class WatchedExtensions
{
    /// <summary>All of them by their texts.</summary>
    internal static ImmutableArray<(string Word, Watched Value)> Words { get; } =
    [
        ("validation-loss", Watched.ValidationLoss),
        ("validation-accuracy", Watched.ValidationAccuracy),
        ("test-loss", Watched.TestLoss),
        ("test-accuracy", Watched.TestAccuracy),
    ];

    /// <summary>The text, such as <c>validation-loss</c>.</summary>
    /// <param name="watched">What is watched.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the four.</exception>
    public static string Text(this Watched watched)
    {
        foreach (var (word, value) in Words)
        {
            if (value == watched)
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(watched), watched, "It must be one of the four.");
    }

    /// <summary>Whether it is an accuracy, of which higher is better; a loss otherwise, of which lower is.</summary>
    /// <param name="watched">What is watched.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsAccuracy(this Watched watched) => watched is Watched.ValidationAccuracy or Watched.TestAccuracy;

    /// <summary>Whether it is measured on the validation samples; on the test set otherwise.</summary>
    /// <param name="watched">What is watched.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsOfValidation(this Watched watched) => watched is Watched.ValidationLoss or Watched.ValidationAccuracy;

    /// <summary>Whether a value is strictly better than the best one so far. One that is not finite never is.</summary>
    /// <param name="watched">What is watched.</param>
    /// <param name="value">The value.</param>
    /// <param name="best">The best so far, a finite number; null for none.</param>
    /// <returns>Whether it is better.</returns>
    public static bool IsBetter(this Watched watched, double value, double? best) =>
        double.IsFinite(value) && (best is not { } other || (watched.IsAccuracy() ? value > other : value < other));
}
