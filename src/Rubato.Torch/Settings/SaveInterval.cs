using System.Globalization;

namespace Rubato.Torch;

/// <summary>
/// How often a run writes a checkpoint: every so many epochs, batches, samples or minutes; or at no time but its end. It never changes the
/// numbers of a run.
/// </summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> gives text that <see cref="Parse"/> reads back.</remarks>
public sealed record SaveInterval
{
    private const string Minute = "min";

    private SaveInterval()
    {
    }

    /// <summary>At the end of each epoch, but at most once a minute.</summary>
    public static SaveInterval Usual { get; } = new() { Every = Duration.Epochs(1), AtLeast = TimeSpan.FromMinutes(1) };

    /// <summary>Never: such a run cannot be resumed.</summary>
    public static SaveInterval Never { get; } = new();

    /// <summary>The distance in epochs, batches or samples; null if it is a time, or none.</summary>
    public Duration? Every { get; private init; }

    /// <summary>The time that must have passed since the last checkpoint; 0 if it does not matter.</summary>
    public TimeSpan AtLeast { get; private init; }

    internal bool IsNever => Every is null && AtLeast == TimeSpan.Zero;

    /// <summary>Every so many epochs, batches or samples.</summary>
    /// <param name="every">The distance, above 0.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="InvalidInputException">It has another unit, or is not above 0.</exception>
    public static SaveInterval Of(Duration every) =>
        every is { IsRest: false, Unit: TimeUnit.Epochs or TimeUnit.Batches or TimeUnit.Samples, Value: > 0 }
            ? new SaveInterval { Every = every }
            : throw new InvalidInputException(Wrong(nameof(every), $"{every}"));

    /// <summary>Every so many minutes: with the first update at or past them.</summary>
    /// <param name="minutes">The minutes; finite, above 0.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="InvalidInputException">The number is out of its range.</exception>
    public static SaveInterval Minutes(double minutes) =>
        minutes > 0 && minutes <= TimeSpan.MaxValue.TotalMinutes / 2
            ? new SaveInterval { AtLeast = TimeSpan.FromMinutes(minutes) }
            : throw new InvalidInputException(Wrong(nameof(minutes), minutes.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads an interval: <c>2ep</c>, <c>500ba</c>, <c>100000sp</c>, <c>10min</c>, <c>usual</c> or <c>off</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="InvalidInputException">It is no interval.</exception>
    public static SaveInterval Parse(string text, string subject = "save interval")
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return text.Trim() switch
            {
                "usual" => Usual,
                "off" => Never,
                var time when time.EndsWith(Minute, StringComparison.Ordinal) => Minutes(
                    double.TryParse(time[..^Minute.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes)
                        ? minutes
                        : double.NaN),
                var duration => Of(Duration.Parse(duration)),
            };
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException(Wrong(subject, text), exception);
        }
    }

    /// <summary>The text.</summary>
    /// <returns>What <see cref="Parse"/> reads.</returns>
    public override string ToString() =>
        this == Usual ? "usual"
        : IsNever ? "off"
        : Every is { } every ? $"{every}"
        : string.Create(CultureInfo.InvariantCulture, $"{AtLeast.TotalMinutes}{Minute}");

    private static Finding Wrong(string subject, string value) => new(
        subject, value, "it must be a number above 0 with ep, ba, sp or min, or off", "for instance 1ep, 500ba or 10min");
}
