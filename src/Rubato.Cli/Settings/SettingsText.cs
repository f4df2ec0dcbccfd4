using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rubato.Cli.Settings;

/// <summary>Prints settings as the YAML that <c>rubato train --config</c> reads back to equal settings.</summary>
internal static class SettingsText
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-");

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    // The words of YAML 1.1 and 1.2 that are not text.
    private static readonly SearchValues<string> ReservedWords = SearchValues.Create(
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n"], StringComparison.OrdinalIgnoreCase);

    /// <summary>One line a setting, in the table's order: <c>name: value</c>. Values that are null are printed as <c>null</c>.</summary>
    /// <param name="settings">What to print; its text must be valid Unicode.</param>
    /// <returns>YAML that ends with a new line.</returns>
    public static string ToYaml(TrainSettings settings)
    {
        var yaml = new StringBuilder();
        foreach (var setting in TrainSettingTable.All)
        {
            var value = setting.Print(settings);
            yaml.Append(setting.Name).Append(": ");
            if (value is null || !setting.IsText || IsPlain(value) || (setting.IsSchedule && IsNumber(value)))
            {
                yaml.Append(value ?? "null");
            }
            else
            {
                AppendQuoted(yaml, value);
            }

            yaml.Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>Text that no reader takes for anything else: starts with a letter, and colons stand within words only.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && !ReservedWords.Contains(text)
        && text[^1] != ':'
        && text.Replace(":", "", StringComparison.Ordinal).AsSpan().IndexOfAnyExcept(PlainCharacters) < 0;

    /// <summary>A number of YAML as it stands, so that people write and read numbers without quotes.</summary>
    private static bool IsNumber(string text) =>
        text.Length > 0
        && char.IsAsciiDigit(text[^1])
        && text.AsSpan().IndexOfAnyExcept(NumberCharacters) < 0
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static void AppendQuoted(StringBuilder yaml, string text)
    {
        yaml.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => yaml.Append("\\\""),
                '\\' => yaml.Append("\\\\"),
                '\n' => yaml.Append("\\n"),
                '\r' => yaml.Append("\\r"),
                '\t' => yaml.Append("\\t"),
                _ when MustBeEscaped(c) => yaml.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => yaml.Append(c),
            };
        }

        yaml.Append('"');
    }

    /// <summary>
    /// Control characters, YAML's line breaks beyond ASCII, the byte-order mark and what is no character (YAML 1.2, section 5.1).
    /// </summary>
    private static bool MustBeEscaped(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
