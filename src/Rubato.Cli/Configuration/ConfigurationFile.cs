using Rubato.Cli.Console;
using Rubato.Cli.Settings;
using Rubato.Torch.Running;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rubato.Cli.Configuration;

/// <summary>
/// A YAML file whose keys are the flags of <c>rubato train</c> without their dashes. Read event by event, so that every finding has its
/// line.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>Reads a file into settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">What stands where the file says nothing.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The settings with what could be used.</returns>
    internal static TrainSettings Read(string path, TrainSettings settings, List<Finding> findings)
    {
        if (Directory.Exists(path))
        {
            findings.Add(OfFolder(path));
            return settings;
        }

        try
        {
            var text = File.ReadAllText(path);
            if (text.StartsWith(ConfigurationText.FirstLine, StringComparison.Ordinal))
            {
                findings.Add(new Finding(
                    "--config",
                    path,
                    "which a program wrote for a network and data of its own, and no command has these",
                    "run that program again, or name a file that rubato train wrote"));
                return settings;
            }

            return Read(new StringReader(text), path, settings, findings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            findings.Add(
                $"--config is '{path}', which cannot be read ({e.Message.TrimEnd('.')}); "
                + "name a YAML file, for instance runs/NAME/config.yaml.");
            return settings;
        }
    }

    internal static TrainSettings Read(TextReader yaml, string name, TrainSettings settings, List<Finding> findings) =>
        ReadDocument(yaml, name, settings, findings).Settings;

    /// <summary>
    /// The keys of a file and their values as they are written; what cannot be read is left out, since reading the settings reports it.
    /// </summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ValuesIn(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return ReadDocument(reader, path, new TrainSettings(), []).Values;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static Finding OfFolder(string path)
    {
        var inside = Path.Combine(path, "config.yaml");
        var example = File.Exists(inside) ? inside : "runs/NAME/config.yaml";
        return new Finding("--config", path, "which is a folder", $"name a YAML file, for instance {example}");
    }

    private static Document ReadDocument(TextReader yaml, string name, TrainSettings settings, List<Finding> findings)
    {
        var document = new Document(new Parser(yaml), name, findings);
        try
        {
            document.Read(settings);
        }
        catch (YamlException e)
        {
            findings.Add(NoYaml(name, e.Start.Line, OneLine(e.Message)));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidOperationException)
        {
            // What the library throws, found by mutated files, at some characters and tokens that may not follow each other.
            findings.Add(NoYaml(name, document.Line, "what follows the value cannot stand there"));
        }

        return document;
    }

    private static Finding NoYaml(string name, long line, string why) => new(
        name, null, $"not valid YAML ({why})", "write one 'key: value' a line and put quotes around a value that holds ': ' or ' #'")
    {
        Place = $"line {line}",
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private sealed class Document(IParser parser, string name, List<Finding> findings)
    {
        private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);

        internal TrainSettings Settings { get; private set; } = new();

        /// <summary>Where the last key stood.</summary>
        internal long Line { get; private set; } = 1;

        /// <summary>The keys and their values as they are written, wherever both are words.</summary>
        internal List<KeyValuePair<string, string>> Values { get; } = [];

        internal void Read(TrainSettings settings)
        {
            Settings = settings;
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return;
            }

            if (parser.Accept<MappingStart>(out _))
            {
                if (!ReadMapping())
                {
                    return;
                }
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
        }

        private static bool IsEmpty(ParsingEvent? e) => e is Scalar { Value: "", Style: ScalarStyle.Plain };

        /// <summary>False where a key is no word: what follows cannot be told apart into keys and values.</summary>
        private bool ReadMapping()
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key))
                {
                    Find(parser.Current, "a key must be a word.");
                    return false;
                }

                ReadValue(key);
            }

            return true;
        }

        private void ReadValue(Scalar key)
        {
            var value = parser.Current;
            Line = key.Start.Line;
            if (value is Scalar word)
            {
                Values.Add(new(key.Value, word.Value));
            }

            if (TrainSettingTable.Find(key.Value) is not { } setting)
            {
                var names = TrainSettingTable.All.Select(known => known.Name);
                Find(key, $"unknown key '{key.Value}'; {DidYouMean.Question(key.Value, names, $"known are {string.Join(", ", names)}.")}");
            }
            else if (!_lines.TryAdd(key.Value, key.Start.Line))
            {
                Find(key, $"the key '{key.Value}' stands on line {_lines[key.Value]} already; keep one of them.");
            }
            else if (value is not Scalar scalar || !scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty)
            {
                Find(key, $"{key.Value} must be a single value without anchors and tags, for instance {setting.ExampleLine}.");
            }
            else if (IsOfAnotherKind(setting, key, IsNull(scalar) ? null : scalar.Value))
            {
                var rule = IsNull(scalar) ? $"has no value; it must be {setting.Kind}" : $"is '{scalar.Value}'; it must be {setting.Kind}";
                Find(key, $"{key.Value} {rule}, for instance {setting.ExampleLine}.");
            }

            parser.SkipThisAndNestedEvents();
        }

        // Whether the value is of another kind than the setting's; one that cannot be read has been reported.
        private bool IsOfAnotherKind(TrainSetting setting, Scalar key, string? text)
        {
            try
            {
                if (!setting.TrySet(Settings, text, $"{name}, line {key.Start.Line}: {key.Value}", out var changed))
                {
                    return true;
                }

                Settings = changed;
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }

            return false;
        }

        private static bool IsNull(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

        private void Find(ParsingEvent? where, string sentence) =>
            findings.Add(new Finding(name, null, sentence) { Place = $"line {where?.Start.Line ?? 1}" });
    }
}
