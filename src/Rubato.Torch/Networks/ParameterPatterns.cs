namespace Rubato.Torch.Networks;

/// <summary>Patterns over the names of parameters, by which a plan's groups and frozen parameters are told.</summary>
internal static class ParameterPatterns
{
    private const int NamesShown = 6;

    /// <summary>The number of the first pattern that matches, for each name; -1 if none does.</summary>
    /// <exception cref="InvalidInputException">A pattern takes no name; all findings at once.</exception>
    internal static int[] Assign(IReadOnlyList<string> names, IReadOnlyList<string> patterns)
    {
        var groups = new int[names.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = -1;
            for (var p = 0; p < patterns.Count && groups[i] < 0; p++)
            {
                groups[i] = Matches(patterns[p], names[i]) ? p : -1;
            }
        }

        var findings = new List<Finding>();
        for (var p = 0; p < patterns.Count; p++)
        {
            if (!groups.Contains(p))
            {
                findings.Add(About(patterns, p, names));
            }
        }

        return findings.Count == 0 ? groups : throw new InvalidInputException(findings);
    }

    /// <summary>Whether any pattern matches, for each name.</summary>
    /// <param name="names">The names.</param>
    /// <param name="patterns">The patterns.</param>
    /// <param name="setting">What holds the patterns, for messages.</param>
    /// <exception cref="InvalidInputException">A pattern matches no name; all findings at once.</exception>
    internal static bool[] Match(IReadOnlyList<string> names, IReadOnlyList<string> patterns, string setting)
    {
        var findings = patterns.Where(pattern => !names.Any(name => Matches(pattern, name)))
            .Select(pattern => Unmatched(setting, pattern, names)).ToList();
        return findings.Count == 0
            ? [.. names.Select(name => patterns.Any(pattern => Matches(pattern, name)))]
            : throw new InvalidInputException(findings);
    }

    private static bool Matches(string pattern, string name)
    {
        // No recursion: only the last star is worth a second try.
        var (p, n, star, retry) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, n);
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).IndexOfAnyExcept('*') < 0;
    }

    private static Finding About(IReadOnlyList<string> patterns, int at, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => Matches(patterns[at], name)) is { } taken)
        {
            var earlier = patterns.First(pattern => Matches(pattern, taken));
            return new Finding(
                nameof(PlanSettings.Groups),
                null,
                $"'{patterns[at]}' takes no parameter, because '{earlier}' stands before it and takes '{taken}'",
                "put the narrower pattern first");
        }

        return Unmatched(nameof(PlanSettings.Groups), patterns[at], names);
    }

    private static Finding Unmatched(string setting, string pattern, IReadOnlyList<string> names)
    {
        var shown = string.Join(", ", names.Take(NamesShown));
        var more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
        return new Finding(
            setting,
            null,
            $"'{pattern}' matches no parameter of the network",
            $"they are {shown}{more}, and * stands for anything");
    }
}
