using System.Text;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Help;

/// <summary>The part of a help page that stands in the table of settings.</summary>
internal static class SettingLines
{
    private const int Width = 80;
    private const int Indent = 24;

    /// <summary>Adds settings, group by group, with what they mean, their defaults and an example each.</summary>
    /// <param name="page">Receives lines.</param>
    /// <param name="settings">The settings.</param>
    internal static void Append(StringBuilder page, IEnumerable<TrainSetting> settings)
    {
        var defaults = new TrainSettings();
        foreach (var group in settings.GroupBy(setting => setting.Help.Group, StringComparer.Ordinal))
        {
            page.Append('\n').Append(group.Key).Append('\n');
            foreach (var setting in group)
            {
                var head = $"  --{setting.Name} {setting.Help.ValueName}".TrimEnd();
                page.Append(head.PadRight(Indent));
                if (head.Length >= Indent)
                {
                    page.Append('\n').Append(' ', Indent);
                }

                AppendWrapped(page, setting.Help.Meaning);
                var usual = $"Default: {(setting.Print(defaults) is { Length: > 0 } text ? text : setting.Help.WhenNull)}.";
                var example = $"Example: {setting.ExampleFlag}";
                var gap = Indent + usual.Length + 1 + example.Length <= Width ? " " : "\n" + new string(' ', Indent);
                page.Append(' ', Indent).Append(usual).Append(gap).Append(example).Append('\n');
            }
        }
    }

    private static void AppendWrapped(StringBuilder page, string text)
    {
        var column = Indent;
        foreach (var word in text.Split(' '))
        {
            if (column > Indent && column + 1 + word.Length > Width)
            {
                page.Append('\n').Append(' ', Indent);
                column = Indent;
            }
            else if (column > Indent)
            {
                page.Append(' ');
                column++;
            }

            page.Append(word);
            column += word.Length;
        }

        page.Append('\n');
    }
}
