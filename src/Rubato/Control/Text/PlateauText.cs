using System.Collections.Immutable;
using Rubato.Control.Controllers;
using Rubato.Schedules;
using Rubato.Schedules.Curves;
using Rubato.Schedules.Resolution;
using Rubato.Schedules.Text;
using Rubato.Text;
using Rubato.Time;

namespace Rubato.Control.Text;

/// <summary>
/// Reads <c>[schedule then] plateau(RATE, factor F, patience N, threshold T, threshold-mode rel|abs, cooldown N, min-lr V, eps V, every D)</c>: the schedule,
/// a warm-up, has a length of its own; the rate is from its end on, and there watching begins.
/// </summary>
/// <remarks>What follows the rate may stand in any order, and be left out: <see cref="ReduceOnPlateauSettings.Default"/>.</remarks>
public static class PlateauText
{
    private const string Name = "plateau";
    private const string Example = "linear(0 -> 0.1, 2ep) then plateau(0.1)";
    private const int MaxLength = 65536;

    private static readonly ImmutableArray<Keyword> Keywords =
    [
        Optional("factor"), Optional("patience"), Optional("threshold"), new("threshold-mode", KeywordKind.Word, IsRequired: false, "rel", "abs"),
        Optional("cooldown"), Optional("min-lr"), Optional("eps"), new("every", KeywordKind.Duration, IsRequired: false),
    ];

    /// <summary>Whether a text is of this form, be it right or wrong.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>Whether <c>plateau</c> stands in it.</returns>
    public static bool IsMeant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength && Lexer.Read(text).Exists(token => token.IsWord(Name));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">Such as <c>linear(0 -> 0.1, 2ep) then plateau(0.1, factor 0.5, patience 3)</c>.</param>
    /// <param name="subject">What the text is, for messages, such as <c>--lr</c>.</param>
    /// <returns>The schedule and the settings.</returns>
    /// <exception cref="InvalidInputException">The text has another form; the message says the column and what was expected.</exception>
    public static PlateauRate Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        if (text.Length > MaxLength)
        {
            throw source.Wrong(MaxLength, $"the text has {text.Length} characters; a learning rate has at most {MaxLength}.");
        }

        var tokens = Lexer.Read(text);
        var at = tokens.FindIndex(token => token.IsWord(Name));
        if (at < 0)
        {
            throw source.Wrong(0, $"expected '{Name}', as in {Example}.");
        }

        RequirePlace(source, tokens, at);
        var (rate, settings, end) = ReadSettings(source, tokens, at);
        if (end.Kind != TokenKind.End)
        {
            throw source.Wrong(end.Position, $"{Name} lasts to the end of the run, but {end.Found} after it; leave that out.");
        }

        return at == 0 ? new PlateauRate(rate, settings) : After(source, tokens, at, rate, settings);
    }

    private static void RequirePlace(SourceText source, List<Token> tokens, int at)
    {
        var depth = 0;
        for (var i = 0; i < at; i++)
        {
            depth += tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
        }

        if (at > 0 && (depth != 0 || !tokens[at - 1].IsWord("then")))
        {
            throw source.Wrong(tokens[at].Position, $"{Name} stands alone, or after a schedule and 'then', as in {Example}.");
        }
    }

    private static (Schedule Rate, ReduceOnPlateauSettings Settings, Token End) ReadSettings(SourceText source, List<Token> tokens, int at)
    {
        var settings = ReduceOnPlateauSettings.Default;
        var form = new Form(
            Name,
            "plateau(0.1, factor 0.5, patience 3)",
            Lead.Number,
            Bare.None,
            arguments =>
            {
                settings = Checked(arguments);
                return new Constant(arguments.First);
            },
            Keywords);
        var parser = new Parser(source, tokens[(at + 1)..], ScheduleFunctions.None, ImmutableDictionary<string, Schedule>.Empty);
        var rate = new ArgumentReader(source, parser, form, tokens[at].Position, ScheduleFunctions.None).Read();
        return (rate, settings, parser.Next);
    }

    // What stands in the parentheses has been read already, and is left out, so that the schedule before it is read by its own rules.
    private static PlateauRate After(SourceText source, List<Token> tokens, int at, Schedule rate, ReduceOnPlateauSettings settings)
    {
        var names = ImmutableDictionary<string, Schedule>.Empty.Add(Name, rate);
        var whole = new Parser(source, [.. tokens[..(at + 1)], tokens[^1]], ScheduleFunctions.None, names).Read();
        var before = new Parser(source, [.. tokens[..(at - 1)], tokens[^1]], ScheduleFunctions.None, names).Read();
        if (before.Extent.Reach != Reach.Fixed)
        {
            throw source.Wrong(0, $"what stands before {Name} has no length of its own; give it one, as in {Example}.");
        }

        if (before.Unit is not { } unit || !before.IsResolved)
        {
            throw source.Wrong(0, $"what stands before {Name} has durations of several units; write them in one, as in {Example}.");
        }

        return new PlateauRate(whole, settings with { After = Duration.Of(before.End, unit) });
    }

    private static ReduceOnPlateauSettings Checked(Arguments arguments)
    {
        try
        {
            return SettingsOf(arguments);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidInputException(ArgumentSentence.Of(exception, name => name == nameof(ReduceOnPlateauSettings.MinLr) ? "min-lr" : name.ToLowerInvariant()), exception);
        }
    }

    private static ReduceOnPlateauSettings SettingsOf(Arguments arguments)
    {
        var usual = ReduceOnPlateauSettings.Default;
        var every = arguments.Duration("every");
        return new ReduceOnPlateauSettings
        {
            Factor = arguments.Number("factor", usual.Factor),
            Patience = Whole("patience", arguments.Number("patience", usual.Patience)),
            Threshold = arguments.Number("threshold", usual.Threshold),
            ThresholdMode = arguments.Word("threshold-mode") == "abs" ? ThresholdMode.Absolute : ThresholdMode.Relative,
            Cooldown = Whole("cooldown", arguments.Number("cooldown", usual.Cooldown)),
            MinLr = arguments.Number("min-lr", usual.MinLr),
            Eps = arguments.Number("eps", usual.Eps),
            Every = every.IsRest || every.Value > 0 ? every : throw new InvalidInputException($"every is '{every}'; it must be above 0, such as 1ep."),
        };
    }

    private static int Whole(string keyword, double value) =>
        value is >= 0 and <= int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw new InvalidInputException(FormattableString.Invariant($"{keyword} is {value}; it must be a whole number of at least 0."));

    private static Keyword Optional(string name) => new(name, KeywordKind.Number, IsRequired: false);
}
