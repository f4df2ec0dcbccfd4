using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Language;

/// <summary>
/// The text of a rate between bounds that are found: <c>one-cycle</c>, or <c>clr</c>, <c>clr(POLICY, cycles N, gamma G)</c> and <c>clr(POLICY, step D)</c>.
/// </summary>
internal static class RangeTestedForm
{
    private const string OneCycle = "one-cycle";
    private const string Cyclic = "clr";
    private const string Example = "clr(triangular, cycles 3)";

    private static readonly (string Word, CyclePolicy Policy)[] Policies =
        [("triangular", CyclePolicy.Triangular), ("triangular2", CyclePolicy.Triangular2), ("exp-range", CyclePolicy.ExpRange)];

    private static readonly string[] Options = ["cycles", "step", "gamma"];

    /// <summary>Whether a text without blanks around it asks for bounds that are to be found.</summary>
    internal static bool Is(string written) =>
        written == OneCycle
        || (written.StartsWith(Cyclic, StringComparison.Ordinal)
            && (written.Length == Cyclic.Length || !(char.IsAsciiLetterOrDigit(written[Cyclic.Length]) || written[Cyclic.Length] is '-' or '_')));

    /// <summary>Reads a text of which <see cref="Is"/> holds.</summary>
    /// <exception cref="InvalidInputException">What stands in the parentheses cannot be used.</exception>
    internal static RangeTestedRate Parse(string written, string subject)
    {
        if (written == OneCycle)
        {
            return new RangeTestedRate(CyclePolicy.OneCycle);
        }

        var reading = new Reading(written, subject);
        if (written.Contains(':', StringComparison.Ordinal))
        {
            throw reading.Wrong($"no colon stands after an option; write {Example}");
        }

        foreach (var (index, value) in CallExpression.Parse(written, subject).TakeValues().Index())
        {
            reading.Take(value, isFirst: index == 0);
        }

        return reading.Finish();
    }

    internal static string Print(RangeTestedRate rate)
    {
        if (rate.Policy == CyclePolicy.OneCycle)
        {
            return OneCycle;
        }

        string[] parts =
        [
            .. rate.Policy == CyclePolicy.Triangular2 ? [] : (string[])[WordOf(rate.Policy)],
            .. rate.Cycles is { } cycles ? (string[])[string.Create(CultureInfo.InvariantCulture, $"cycles {cycles}")] : [],
            .. rate.Step is { } step ? (string[])[$"step {step}"] : [],
            .. rate.Gamma is { } gamma ? (string[])[$"gamma {ExactNumber.Text(gamma)}"] : [],
        ];
        return parts.Length == 0 ? Cyclic : $"{Cyclic}({string.Join(", ", parts)})";
    }

    private static string WordOf(CyclePolicy policy) => Array.Find(Policies, known => known.Policy == policy).Word;

    private sealed class Reading(string written, string subject)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private CyclePolicy _policy = CyclePolicy.Triangular2;
        private long? _cycles;
        private Duration? _step;
        private double? _gamma;

        internal InvalidInputException Wrong(string what, string more = "") => new($"{subject} is '{written}': {what}.{more}");

        internal void Take(string value, bool isFirst)
        {
            var isPolicy = Array.Exists(Policies, known => known.Word == value);
            if (isFirst && isPolicy)
            {
                _policy = Array.Find(Policies, known => known.Word == value).Policy;
                return;
            }

            var blank = value.IndexOf(' ', StringComparison.Ordinal);
            var (name, rest) = blank < 0 ? (value, "") : (value[..blank], value[blank..].Trim());
            if (!Options.Contains(name, StringComparer.Ordinal))
            {
                string[] known = isFirst ? [.. Policies.Select(policy => policy.Word), .. Options] : Options;
                throw Array.Exists(Policies, policy => policy.Word == name)
                    ? Wrong($"the policy '{name}' must come first, and alone")
                    : Wrong($"'{name}' is none of {string.Join(", ", known)}", Suggestion.For(name, known));
            }

            if (!_seen.Add(name))
            {
                throw Wrong($"the option '{name}' stands there twice; leave one out");
            }

            switch (name)
            {
                case "cycles":
                    _cycles = Count(rest);
                    break;
                case "step":
                    _step = Length(rest);
                    break;
                default:
                    _gamma = Factor(rest);
                    break;
            }
        }

        internal RangeTestedRate Finish() =>
            _cycles is not null && _step is not null ? throw Wrong("cycles and step say the same; leave one of them out")
            : _gamma is not null && _policy != CyclePolicy.ExpRange
                ? throw Wrong($"gamma is about {WordOf(CyclePolicy.ExpRange)}, and the policy is {WordOf(_policy)}; leave gamma out")
            : new RangeTestedRate(_policy, _cycles, _step, _gamma);

        private long Count(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
                ? count
                : throw Wrong($"cycles is '{text}'; it must be a whole number of at least 1, for instance cycles 3");

        private double Factor(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1
                ? factor
                : throw Wrong($"gamma is '{text}'; it must be a number above 0 and at most 1, for instance gamma 0.9999");

        private Duration Length(string text)
        {
            var wrong = Wrong($"step is '{text}'; it must be a duration above 0, for instance step 2ep");
            try
            {
                return Duration.Parse(text) is { Value: > 0 } step ? step : throw wrong;
            }
            catch (InvalidInputException)
            {
                throw wrong;
            }
        }
    }
}
