using Rubato.Training;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rubato.Cli.Configuration;

/// <summary>
/// A YAML file whose keys are the flags of <c>rubato train</c> without their dashes. Read event by event, so that every finding has its line.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>Reads a file into settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">What stands where the file says nothing.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The settings with what could be used.</returns>
    internal static TrainSettings Read(string path, TrainSettings settings, List<string> findings)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path, settings, findings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            findings.Add($"--config is '{path}', which cannot be read ({e.Message.TrimEnd('.')}); name a YAML file, for instance runs/NAME/config.yaml.");
            return settings;
        }
    }

    internal static TrainSettings Read(TextReader yaml, string name, TrainSettings settings, List<string> findings)
    {
        var document = new Document(new Parser(yaml), name, findings);
        try
        {
            return document.Read(settings);
        }
        catch (YamlException e)
        {
            findings.Add(
                $"{name}, line {e.Start.Line}: not valid YAML ({OneLine(e.Message)}); write one 'key: value' a line and put quotes around a value that holds ': ' or ' #'.");
            return document.Settings;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private sealed class Document(IParser parser, string name, List<string> findings)
    {
        private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);

        internal TrainSettings Settings { get; private set; } = new();

        internal TrainSettings Read(TrainSettings settings)
        {
            Settings = settings;
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return Settings;
            }

            if (parser.Accept<MappingStart>(out _))
            {
                ReadMapping();
            }
            else if (!IsEmpty(parser.Current))
            {
                Find(parser.Current, "a configuration must be lines of 'key: value'.");
                parser.SkipThisAndNestedEvents();
            }
            else
            {
                parser.MoveNext();
            }

            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                Find(parser.Current, "a configuration must be one document; remove the '---' line and what follows it.");
            }

            return Settings;
        }

        private static bool IsEmpty(ParsingEvent? e) => e is Scalar { Value: "", Style: ScalarStyle.Plain };

        private void ReadMapping()
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (parser.TryConsume<Scalar>(out var key))
                {
                    ReadValue(key);
                }
                else
                {
                    Find(parser.Current, "a key must be a word.");
                    parser.SkipThisAndNestedEvents();
                    parser.SkipThisAndNestedEvents();
                }
            }
        }

        private void ReadValue(Scalar key)
        {
            var value = parser.Current;
            if (TrainSettingTable.Find(key.Value) is not { } setting)
            {
                var names = TrainSettingTable.All.Select(known => known.Name);
                Find(key, $"unknown key '{key.Value}'; {NearMiss.Question(key.Value, names, $"known are {string.Join(", ", names)}.")}");
            }
            else if (!_lines.TryAdd(key.Value, key.Start.Line))
            {
                Find(key, $"the key '{key.Value}' stands on line {_lines[key.Value]} already; keep one of them.");
            }
            else if (value is not Scalar scalar || !scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty)
            {
                Find(key, $"{key.Value} must be a single value without anchors and tags, for instance {Example(setting)}.");
            }
            else if (setting.TrySet(Settings, IsNull(scalar) ? null : scalar.Value, out var changed))
            {
                Settings = changed;
            }
            else
            {
                var rule = IsNull(scalar) ? $"has no value; it must be {setting.Kind}" : $"is '{scalar.Value}'; it must be {setting.Kind}";
                Find(key, $"{key.Value} {rule}, for instance {Example(setting)}.");
            }

            parser.SkipThisAndNestedEvents();
        }

        private static string Example(TrainSetting setting) => $"{setting.Name}: {setting.Help.Example}";

        private static bool IsNull(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

        private void Find(ParsingEvent? where, string sentence) => findings.Add($"{name}, line {where?.Start.Line ?? 1}: {sentence}");
    }
}
