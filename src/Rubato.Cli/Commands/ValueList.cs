namespace Rubato.Cli.Commands;

/// <summary>Values separated by commas, each of which may hold commas between parentheses.</summary>
internal static class ValueList
{
    /// <summary>The values.</summary>
    /// <param name="text">What was written.</param>
    /// <returns>At least one; without blanks around them.</returns>
    internal static IReadOnlyList<string> Split(string text)
    {
        var values = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth <= 0)
            {
                values.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        values.Add(text[start..].Trim());
        return values;
    }

    /// <summary>The values of a flag.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="text">Its value.</param>
    /// <param name="example">A list of values that may stand there.</param>
    /// <param name="findings">Receives a sentence where a place is empty, or a value stands there twice.</param>
    /// <returns>The values that can be used.</returns>
    internal static IReadOnlyList<string> Read(string flag, string text, string example, List<Finding> findings)
    {
        var values = Split(text);
        if (values.Count > 1 && values.Contains("", StringComparer.Ordinal))
        {
            findings.Add($"{flag} is '{text}', where a value is missing; separate values by commas, for instance {flag} \"{example}\".");
        }

        findings.AddRange(
            from twins in values.Where(value => value.Length > 0).GroupBy(value => value, StringComparer.Ordinal)
            where twins.Count() > 1
            select (Finding)$"{flag} is '{text}', where {twins.Key} stands {twins.Count()} times; write each value once.");
        return [.. values.Where(value => value.Length > 0 || values.Count == 1).Distinct(StringComparer.Ordinal)];
    }
}
