using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Rubato.Language;

namespace Rubato.Cli.Settings;

/// <summary>
/// One property of <see cref="TrainSettings"/> as text: its name (a flag without the dashes, a key of the configuration file), what it
/// means, and how its value is read and printed. All stand in <see cref="TrainSettingTable"/>.
/// </summary>
/// <remarks>Immutable and safe for use by several threads.</remarks>
internal sealed class TrainSetting
{
    private readonly Func<TrainSettings, string?> _print;
    private readonly Func<TrainSettings, string?, string, TrainSettings?> _set;

    private TrainSetting(
        string name,
        SettingHelp help,
        string kind,
        Func<TrainSettings, string?> print,
        Func<TrainSettings, string?, string, TrainSettings?> set)
    {
        Name = name;
        Help = help;
        Kind = kind;
        _print = print;
        _set = set;
    }

    /// <summary>The flag without its dashes; the key of the configuration file.</summary>
    public string Name { get; }

    /// <summary>What the help page says.</summary>
    public SettingHelp Help { get; }

    /// <summary>
    /// What a value must look like: <c>text</c>, <c>a number or a schedule</c>, <c>a number</c>, <c>true or false</c>, or <c>a whole
    /// number</c> with its range.
    /// </summary>
    public string Kind { get; }

    /// <summary>Whether the value is free text, which a configuration file may have to quote.</summary>
    public bool IsText => Kind is "text" or ScheduleKind;

    /// <summary>
    /// Whether the value is the text of a schedule, which may be a number; a number is printed and kept as it was written.
    /// </summary>
    public bool IsSchedule => Kind == ScheduleKind;

    /// <summary>Whether it is on or off, so that its flag needs no value.</summary>
    public bool IsSwitch => Kind == SwitchKind;

    /// <summary>The example as a flag, such as <c>--lr 0.1</c>; a switch stands alone.</summary>
    public string ExampleFlag => $"--{Name} {Help.Example}".TrimEnd();

    /// <summary>The example as a line of the configuration file, such as <c>lr: 0.1</c>; a switch is on.</summary>
    public string ExampleLine => $"{Name}: {(IsSwitch ? "true" : Help.Example)}";

    /// <summary>The value as text.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>Text that <see cref="TrySet"/> reads back to the same value; null where the value is null.</returns>
    public string? Print(TrainSettings settings) => _print(settings);

    /// <summary>Sets the value from text; ranges are the business of <see cref="TrainSettingsValidator"/>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="text">The value; null stands for a value that is chosen by rule, where the property allows it.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <param name="changed">The settings with the value.</param>
    /// <returns>Whether the text is of this setting's <see cref="Kind"/>.</returns>
    /// <exception cref="InvalidInputException">The text is no value of the setting; all findings at once.</exception>
    public bool TrySet(TrainSettings settings, string? text, string subject, [NotNullWhen(true)] out TrainSettings? changed)
    {
        changed = _set(settings, text, subject);
        return changed is not null;
    }

    internal static TrainSetting Word(
        string name, SettingHelp help, Func<TrainSettings, string?> get, Func<TrainSettings, string, TrainSettings> set) =>
        new(name, help, "text", get, (settings, text, _) => text is null ? null : set(settings, text));

    internal static TrainSetting OptionalWord(
        string name, SettingHelp help, Func<TrainSettings, string?> get, Func<TrainSettings, string?, TrainSettings> set) =>
        new(name, help, "text", get, (settings, text, _) => set(settings, text));

    /// <summary>A value with a text of its own, which may be a number.</summary>
    internal static TrainSetting Value<T>(
        string name, SettingHelp help, Func<TrainSettings, T> get, Func<string, string, T> parse, Func<TrainSettings, T, TrainSettings> set)
        where T : class =>
        new(
            name,
            help,
            ScheduleKind,
            settings => get(settings).ToString(),
            (settings, text, subject) => text is null ? null : set(settings, parse(text, subject)));

    /// <summary>The same for a value that is chosen by rule if it is null.</summary>
    internal static TrainSetting OptionalValue<T>(
        string name,
        SettingHelp help,
        Func<TrainSettings, T?> get,
        Func<string, string, T> parse,
        Func<TrainSettings, T?, TrainSettings> set)
        where T : class =>
        new(
            name,
            help,
            ScheduleKind,
            settings => get(settings)?.ToString(),
            (settings, text, subject) => set(settings, text is null ? null : parse(text, subject)));

    /// <summary>A value that is text to whoever writes it.</summary>
    internal static TrainSetting Text(
        string name, SettingHelp help, Func<TrainSettings, string?> print, Func<TrainSettings, string?, string, TrainSettings?> set) =>
        new(name, help, "text", print, set);

    /// <summary>One of a few words.</summary>
    internal static T OneOf<T>(string text, string subject, params ReadOnlySpan<(string Word, T Value)> known)
    {
        foreach (var (word, value) in known)
        {
            if (word == text)
            {
                return value;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in known)
        {
            words.Add(word);
        }

        throw new InvalidInputException(new Finding(
            subject,
            text,
            $"it must be {Listing.Of(words, "or")}",
            Suggestion.Nearest(text, words) is { } nearest ? $"Did you mean '{nearest}'?" : null));
    }

    internal static TrainSetting Number(
        string name, SettingHelp help, Func<TrainSettings, double> get, Func<TrainSettings, double, TrainSettings> set) =>
        new(
            name,
            help,
            "a number",
            settings => Print(get(settings)),
            (settings, text, _) => ReadNumber(text) is { } value ? set(settings, value) : null);

    internal static TrainSetting OptionalNumber(
        string name, SettingHelp help, Func<TrainSettings, double?> get, Func<TrainSettings, double?, TrainSettings> set) =>
        new(
            name,
            help,
            "a number",
            settings => get(settings) is { } value ? Print(value) : null,
            (settings, text, _) => text is null ? set(settings, null) : ReadNumber(text) is { } value ? set(settings, value) : null);

    internal static TrainSetting Integer(
        string name, SettingHelp help, Func<TrainSettings, int> get, Func<TrainSettings, int, TrainSettings> set) =>
        new(
            name,
            help,
            IntegerKind,
            settings => get(settings).ToString(CultureInfo.InvariantCulture),
            (settings, text, _) => ReadInteger(text) is { } value ? set(settings, value) : null);

    internal static TrainSetting OptionalInteger(
        string name, SettingHelp help, Func<TrainSettings, int?> get, Func<TrainSettings, int?, TrainSettings> set) =>
        new(
            name,
            help,
            IntegerKind,
            settings => get(settings)?.ToString(CultureInfo.InvariantCulture),
            (settings, text, _) => text is null ? set(settings, null) : ReadInteger(text) is { } value ? set(settings, value) : null);

    internal static TrainSetting Long(
        string name, SettingHelp help, Func<TrainSettings, long> get, Func<TrainSettings, long, TrainSettings> set) =>
        new(
            name,
            help,
            "a whole number of 64 bits",
            settings => get(settings).ToString(CultureInfo.InvariantCulture),
            (settings, text, _) => ReadLong(text) is { } value ? set(settings, value) : null);

    internal static TrainSetting Switch(
        string name, SettingHelp help, Func<TrainSettings, bool> get, Func<TrainSettings, bool, TrainSettings> set) =>
        new(
            name,
            help,
            SwitchKind,
            settings => get(settings) ? "true" : "false",
            (settings, text, _) => bool.TryParse(text, out var value) ? set(settings, value) : null);

    private const string SwitchKind = "true or false";

    private const string ScheduleKind = "a number or a schedule";

    private const string IntegerKind = "a whole number of at most 2147483647";

    private const NumberStyles Unpadded =
        NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite;

    // YAML 1.1 readers take 1e-5 for text; 1.0e-5 is a number to all of them, and so is 1.0e+16.
    private static string Print(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        // As a schedule's text, which reads back to the same bits.
        var text = ((Schedule)value).ToString();
        return text.Split('e') is not [var mantissa, var exponent]
            ? text
            : $"{mantissa}{(mantissa.Contains('.', StringComparison.Ordinal) ? "" : ".0")}e{(exponent[0] == '-' ? "" : "+")}{exponent}";
    }

    private static double? ReadNumber(string? text) => text switch
    {
        ".nan" => double.NaN,
        ".inf" => double.PositiveInfinity,
        "-.inf" => double.NegativeInfinity,
        _ when double.TryParse(text, Unpadded, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static int? ReadInteger(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? ReadLong(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>What the help page says of a setting.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="ValueName">What its value is called, e.g. <c>DIR</c>.</param>
/// <param name="Meaning">One sentence or two.</param>
/// <param name="Example">A value that can be typed as it stands, quoted for a shell where it must be.</param>
/// <param name="WhenNull">What happens where no value is given, for a setting that has no default value.</param>
/// <remarks>Immutable.</remarks>
internal sealed record SettingHelp(string Group, string ValueName, string Meaning, string Example, string? WhenNull = null);
