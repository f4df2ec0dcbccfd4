using System.Globalization;
using Rubato.Language;
using Rubato.RangeTests;

namespace Rubato.Training.Setup;

/// <summary>
/// The text of a learning rate whose bounds are found by a range test: <c>one-cycle</c>, or <c>clr</c>, <c>clr(POLICY, cycles N, gamma G)</c> and
/// <c>clr(POLICY, step D)</c>, where the policy is <c>triangular</c>, <c>triangular2</c> (taken where none is written) or <c>exp-range</c>.
/// </summary>
/// <remarks>
/// Without a step, a half cycle is <c>length / (2 cycles)</c>, so that the run stops at the end of a cycle, where the rate is lowest (Smith 2015, arXiv
/// 1506.01186, section 3.2); with one it may end within a cycle. Immutable.
/// </remarks>
internal sealed record FoundRange
{
    private const string OneCycleWord = "one-cycle";
    private const string CyclicWord = "clr";
    private const string ExpRange = "exp-range";
    private const string UsualPolicy = "triangular2";
    private const string Example = "--lr \"clr(triangular, cycles 3)\"";

    // Half a cycle is 2 to 10 epochs in Smith 2015, section 3.2; a run too short for that is one cycle.
    private const double FewestEpochsPerCycle = 4;
    private const double MostEpochsPerCycle = 20;
    private const long MostUsualCycles = 4;

    // What is left of the bounds at the end of the run.
    private const double UsualDecay = 0.1;

    private static readonly string[] Policies = ["triangular", UsualPolicy, ExpRange];
    private static readonly string[] Options = ["cycles", "step", "gamma"];

    private FoundRange(string text) => Text = text;

    /// <summary>The bounds that stand for the ones to be found: shares of the maximum, with the base at a quarter of it.</summary>
    internal static RateRange Shares { get; } = new(0.25, 1);

    /// <summary>As it was written.</summary>
    internal string Text { get; }

    /// <summary>Whether it is one cycle over the whole run, which takes the maximum alone.</summary>
    internal bool IsOneCycle => Policy == OneCycleWord;

    /// <summary>Whether the length of the run in epochs decides the number of cycles.</summary>
    internal bool NeedsEpochs => !IsOneCycle && Cycles is null && Step is null;

    private string Policy { get; init; } = UsualPolicy;

    private long? Cycles { get; init; }

    private Duration? Step { get; init; }

    private double? Gamma { get; init; }

    /// <summary>Whether a text asks for bounds that are to be found.</summary>
    internal static bool Is(string? text)
    {
        if (text is null)
        {
            return false;
        }

        var trimmed = text.AsSpan().Trim();
        return trimmed.SequenceEqual(OneCycleWord)
            || (trimmed.StartsWith(CyclicWord, StringComparison.Ordinal)
                && (trimmed.Length == CyclicWord.Length || !(char.IsAsciiLetterOrDigit(trimmed[CyclicWord.Length]) || trimmed[CyclicWord.Length] is '-' or '_')));
    }

    /// <summary>Reads it.</summary>
    /// <param name="text">Of which <see cref="Is"/> holds.</param>
    /// <exception cref="InvalidInputException">What stands in the parentheses cannot be used.</exception>
    internal static FoundRange Parse(string text)
    {
        var written = text.Trim();
        var found = new FoundRange(written);
        if (written == OneCycleWord)
        {
            return found with { Policy = OneCycleWord };
        }

        if (written.Contains(':', StringComparison.Ordinal))
        {
            throw Wrong(written, $"no colon stands after an option; write {Example}");
        }

        var expression = CallExpression.Parse(written, "--lr");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = expression.TakeValues();
        for (var i = 0; i < values.Count; i++)
        {
            found = found.With(values[i], isFirst: i == 0, seen);
        }

        return found.Checked();
    }

    /// <summary>What is wrong with a text of which <see cref="Is"/> holds, and with a warm-up beside it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="warmup">The share that is to warm up; null where none is given.</param>
    /// <returns>Sentences; empty where nothing is wrong, or the text is of another kind.</returns>
    internal static IEnumerable<string> FindingsIn(string? text, double? warmup)
    {
        if (text is null || !Is(text))
        {
            return [];
        }

        var findings = new List<string>();
        try
        {
            _ = Parse(text);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }

        if (warmup is { } share)
        {
            findings.Add(FormattableString.Invariant($"--warmup is {share}, but --lr is '{text.Trim()}', which says itself how it warms up; leave --warmup out."));
        }

        return findings;
    }

    /// <summary>The schedule between bounds that were found, as text.</summary>
    /// <param name="range">The bounds.</param>
    /// <param name="length">The length of the run.</param>
    /// <param name="epochs">The same in epochs; null where it is not known, which makes one cycle where no number is written.</param>
    internal string Schedule(RateRange range, Duration length, double? epochs)
    {
        if (IsOneCycle)
        {
            return $"{OneCycleWord}({Number(range.MaxLr)})";
        }

        var isInEpochs = length.Unit == TimeUnit.Epochs && length.Value > 0;
        var whole = isInEpochs ? length : Duration.Share(1);
        var cycles = Cycles ?? UsualCycles(epochs ?? 0);
        string[] parts =
        [
            $"{Number(range.BaseLr)}..{Number(range.MaxLr)}",
            $"step {Step ?? whole.Times(0.5 / cycles)}",
            .. Policy != ExpRange ? (string[])[] : Gamma is { } gamma ? [$"gamma {Number(gamma)}"] : [$"gamma {Number(UsualDecay)}", $"every {whole}"],
            .. Step is null ? (string[])[$"cycles {cycles}"] : [],
        ];
        return $"{Policy}({string.Join(", ", parts)})";
    }

    /// <summary>How many cycles a run has where it is not said: <c>max(1, min(4, floor(E / 4)), ceil(E / 20))</c> for E epochs.</summary>
    private static long UsualCycles(double epochs) => Math.Max(
        1,
        Math.Max(
            (long)Math.Min(MostUsualCycles, Math.Floor(epochs / FewestEpochsPerCycle)),
            (long)Math.Min(1e9, Math.Ceiling(epochs / MostEpochsPerCycle))));

    private FoundRange With(string value, bool isFirst, HashSet<string> seen)
    {
        if (isFirst && Policies.Contains(value, StringComparer.Ordinal))
        {
            return this with { Policy = value };
        }

        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        var (name, rest) = blank < 0 ? (value, "") : (value[..blank], value[blank..].Trim());
        if (!Options.Contains(name, StringComparer.Ordinal))
        {
            string[] known = isFirst ? [.. Policies, .. Options] : Options;
            throw Policies.Contains(name, StringComparer.Ordinal)
                ? Wrong(Text, $"the policy '{name}' must come first, and alone")
                : Wrong(Text, $"'{name}' is none of {string.Join(", ", known)}", Suggestion.For(name, known));
        }

        if (!seen.Add(name))
        {
            throw Wrong(Text, $"the option '{name}' stands there twice; leave one out");
        }

        return name switch
        {
            "cycles" => this with { Cycles = Count(rest) },
            "step" => this with { Step = Length(rest) },
            _ => this with { Gamma = Factor(rest) },
        };
    }

    private FoundRange Checked() =>
        Cycles is not null && Step is not null ? throw Wrong(Text, "cycles and step say the same; leave one of them out")
        : Gamma is not null && Policy != ExpRange ? throw Wrong(Text, $"gamma is about {ExpRange}, and the policy is {Policy}; leave gamma out")
        : this;

    private long Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
            ? count
            : throw Wrong(Text, $"cycles is '{text}'; it must be a whole number of at least 1, for instance cycles 3");

    private double Factor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1
            ? factor
            : throw Wrong(Text, $"gamma is '{text}'; it must be a number above 0 and at most 1, for instance gamma 0.9999");

    private Duration Length(string text)
    {
        const string Rule = "it must be a duration above 0, for instance step 2ep";
        try
        {
            var step = Duration.Parse(text);
            return step.Value > 0 ? step : throw Wrong(Text, $"step is '{text}'; {Rule}");
        }
        catch (InvalidInputException exception) when (!exception.Message.StartsWith("--lr", StringComparison.Ordinal))
        {
            throw Wrong(Text, $"step is '{text}'; {Rule}");
        }
    }

    private static InvalidInputException Wrong(string text, string what, string more = "") => new($"--lr is '{text}': {what}.{more}");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
