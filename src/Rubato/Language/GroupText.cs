using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>
/// The text form of parameter groups: <c>*.bias(lr: 2 * base, weight-decay: 0); fc.*(momentum: 0.8)</c>. Inside, <c>base</c> is the plan's own
/// schedule of the same quantity.
/// </summary>
internal static class GroupText
{
    private static readonly string[] Keys = ["lr", "momentum", "weight-decay"];

    /// <exception cref="InvalidInputException">The text has another form; all findings at once.</exception>
    internal static ImmutableArray<GroupSettings> Parse(string text, Schedule rate, Schedule momentum, Schedule decay)
    {
        var groups = ImmutableArray.CreateBuilder<GroupSettings>();
        var findings = new List<Finding>();
        foreach (var part in Split(text, ';'))
        {
            try
            {
                groups.Add(ParseGroup(part, rate, momentum, decay));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        return findings.Count == 0 ? groups.ToImmutable() : throw new InvalidInputException(findings);
    }

    private static GroupSettings ParseGroup(string text, Schedule rate, Schedule momentum, Schedule decay)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim();
        if (open < 0 || !text.EndsWith(')') || name.Length == 0)
        {
            throw new InvalidInputException($"--groups: '{text}' is no group; write a name and its schedules in parentheses, for instance *.bias(weight-decay: 0).");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in Split(text[(open + 1)..^1], ','))
        {
            var colon = option.IndexOf(':', StringComparison.Ordinal);
            var key = (colon < 0 ? option : option[..colon]).Trim();
            if (colon < 0 || !Keys.Contains(key, StringComparer.Ordinal))
            {
                throw new InvalidInputException(
                    $"--groups: group '{name}' has '{option}'; it must be one of lr, momentum and weight-decay with a schedule after a colon.{Suggestion.For(key, Keys)}");
            }

            if (!values.TryAdd(key, option[(colon + 1)..].Trim()))
            {
                throw new InvalidInputException($"--groups: group '{name}' has {key} twice; leave one out.");
            }
        }

        if (values.Count == 0)
        {
            throw new InvalidInputException($"--groups: group '{name}' has no schedule; give it one, for instance {name}(weight-decay: 0), or leave the group out.");
        }

        Schedule? Read(string key, Schedule plans) => !values.TryGetValue(key, out var value) ? null : ScheduleText.Parse(
            value, ScheduleFunctions.None, $"--groups: {key} of '{name}'", new Dictionary<string, Schedule>(StringComparer.Ordinal) { ["base"] = plans });

        return new GroupSettings(name, Read("lr", rate), Read("momentum", momentum), Read("weight-decay", decay));
    }

    // At separators outside of parentheses; blank parts are left out.
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == separator && depth == 0))
            {
                var part = text[start..i].Trim();
                start = i + 1;
                if (part.Length > 0)
                {
                    yield return part;
                }
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }
}
