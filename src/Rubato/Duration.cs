using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Rubato.Json;
using Rubato.Language;
using Rubato.Numerics;

namespace Rubato;

/// <summary>
/// A length of training time with its unit: <c>10ep</c>, <c>5000ba</c>, <c>2e6sp</c>, <c>0.3dur</c>, or <see cref="Rest"/>. What it comes
/// to in samples is known to a <see cref="TrainingPlan"/> only.
/// </summary>
/// <remarks>
/// <c>default</c> is <see cref="Rest"/>. Two durations of different units are never equal, even if a plan makes them the same. Immutable
/// and safe for use by several threads. Unit names as in Composer.
/// </remarks>
[JsonConverter(typeof(DurationJsonConverter))]
public readonly record struct Duration
{
    private static readonly string[] UnitNames = ["ep", "ba", "sp", "dur"];

    private Duration(double value, TimeUnit unit, string name)
    {
        Value = Require.FiniteAtLeastZero(value, name);
        Unit = unit;
    }

    /// <summary>How many of the unit; finite, at least 0; 0 for <see cref="Rest"/>.</summary>
    public double Value { get; }

    /// <summary>What is counted.</summary>
    public TimeUnit Unit { get; }

    /// <summary>Whatever the budget leaves over.</summary>
    public static Duration Rest => default;

    /// <summary>Whether this is <see cref="Rest"/>.</summary>
    [JsonIgnore]
    public bool IsRest => Unit == TimeUnit.Rest;

    /// <summary>Passes over the training set.</summary>
    /// <param name="epochs">Finite, at least 0; fractions are allowed.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public static Duration Epochs(double epochs) => new(epochs, TimeUnit.Epochs, nameof(epochs));

    /// <summary>Global batches: applied optimizer updates.</summary>
    /// <param name="batches">Finite, at least 0.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public static Duration Batches(double batches) => new(batches, TimeUnit.Batches, nameof(batches));

    /// <summary>Training samples.</summary>
    /// <param name="samples">Finite, at least 0.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public static Duration Samples(double samples) => new(samples, TimeUnit.Samples, nameof(samples));

    /// <summary>A share of the budget.</summary>
    /// <param name="share">Finite, at least 0; 1 is the whole budget.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public static Duration Share(double share) => new(share, TimeUnit.Share, nameof(share));

    /// <summary>A duration of any unit but <see cref="TimeUnit.Rest"/>.</summary>
    /// <param name="value">Finite, at least 0.</param>
    /// <param name="unit">What is counted.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range, or the unit is none that can be counted.</exception>
    public static Duration Of(double value, TimeUnit unit) =>
        unit is TimeUnit.Epochs or TimeUnit.Batches or TimeUnit.Samples or TimeUnit.Share
            ? new Duration(value, unit, nameof(value))
            : throw new ArgumentOutOfRangeException(nameof(unit), unit, "unit must be epochs, batches, samples or a share.");

    /// <summary>Reads a duration: a number, then <c>ep</c>, <c>ba</c>, <c>sp</c> or <c>dur</c>; or <c>rest</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="InvalidInputException">The text is no duration; the message says what one looks like.</exception>
    public static Duration Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.AsSpan().Trim();
        if (trimmed is "rest")
        {
            return Rest;
        }

        var end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
        {
            end--;
        }

        var name = trimmed[end..].ToString();
        if (!double.TryParse(trimmed[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw new InvalidInputException(
                new Finding($"'{text}' is no duration") { Remedy = "write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur" });
        }

        if (UnitOf(name) is not { } unit)
        {
            var unknown = name.Length == 0 ? $"'{text}' has no unit" : $"'{text}' has the unknown unit '{name}'";
            throw new InvalidInputException(
                $"{unknown}; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget)."
                + Suggestion.For(name, UnitNames));
        }

        return double.IsFinite(value) && value >= 0
            ? new Duration(value, unit, nameof(text))
            : throw new InvalidInputException($"'{text}' is no duration; its number must be finite and at least 0.");
    }

    /// <summary>The same unit, a multiple of the number; <see cref="Rest"/> stays what it is.</summary>
    /// <param name="factor">Finite, at least 0.</param>
    /// <returns>The product.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of its range.</exception>
    public Duration Times(double factor) =>
        IsRest ? this : new Duration(Value * Require.FiniteAtLeastZero(factor), Unit, nameof(factor));

    /// <summary>The text that <see cref="Parse"/> reads back to an equal duration.</summary>
    /// <returns>Such as <c>10ep</c>.</returns>
    public override string ToString() => IsRest ? "rest" : ExactNumber.Text(Value) + NameOf(Unit);

    /// <summary>The duration itself where it is above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0, or the rest.</exception>
    internal static Duration Positive(Duration value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value.Value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a duration above 0, such as 1ep.");

    /// <summary>The duration itself where it says how long.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the rest.</exception>
    internal static Duration Counted(Duration value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value.IsRest ? throw new ArgumentOutOfRangeException(name, value, $"{name} must be a duration, such as 1ep.") : value;

    /// <summary>The unit of a name; null for an unknown one.</summary>
    internal static TimeUnit? UnitOf(string name) => name switch
    {
        "ep" => TimeUnit.Epochs,
        "ba" => TimeUnit.Batches,
        "sp" => TimeUnit.Samples,
        "dur" => TimeUnit.Share,
        _ => null,
    };

    /// <summary>The name of a unit.</summary>
    internal static string NameOf(TimeUnit unit) => unit == TimeUnit.Rest ? "rest" : UnitNames[(int)unit - 1];
}
