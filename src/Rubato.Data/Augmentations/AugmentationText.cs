using System.Globalization;
using Rubato.Language;

namespace Rubato.Data.Augmentations;

/// <summary>Reads augmentations. A new one is one file and one line here.</summary>
internal static class AugmentationText
{
    private const string Known = "none, crop(4), flip, or both as crop(4), flip";
    private static readonly string[] Names = ["none", "crop", "flip"];

    /// <summary>What the text is, in findings.</summary>
    internal const string Subject = "augment";

    internal static Augmentation Parse(string text)
    {
        var findings = new List<Finding>();
        Augmentation? whole = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var part in parts)
        {
            var name = part.Split('(')[0].TrimEnd();
            var one = One(part, name, findings);
            if (one is null)
            {
                continue;
            }

            if (!seen.Add(name))
            {
                findings.Add(new Finding(Subject, text, $"which names '{name}' twice", "name it once"));
            }
            else if (name == "none" && parts.Length > 1)
            {
                findings.Add(new Finding(Subject, text, "which combines 'none' with others", "leave 'none' out"));
            }

            whole = whole is null ? one : new InSequence(whole, one);
        }

        return findings.Count == 0 && whole is not null ? whole : throw new InvalidInputException(findings);
    }

    private static Augmentation? One(string part, string name, List<Finding> findings)
    {
        switch (name)
        {
            case "none" when part == name:
                return Augmentation.None;
            case "flip" when part == name:
                return new Flip();
            case "none" or "flip":
                findings.Add(new Finding(Subject, part, $"but {name} takes nothing in parentheses", $"write {name}"));
                return null;
            case "crop":
                var inside = part.Length > 6 && part[^1] == ')' ? part[(part.IndexOf('(', StringComparison.Ordinal) + 1)..^1] : "";
                const NumberStyles Blanks = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
                if (int.TryParse(inside, Blanks, CultureInfo.InvariantCulture, out var padding) && padding is >= 1 and <= 1024)
                {
                    return new Crop(padding);
                }

                findings.Add(new Finding(
                    Subject, part, "but crop needs its padding in pixels, a whole number from 1 to 1024", "write it as crop(4)"));
                return null;
            default:
                var near = Suggestion.Nearest(name, Names);
                findings.Add(new Finding(
                    Subject, part, "which is unknown", $"{(near is null ? "use" : $"did you mean '{near}'? Use")} {Known}"));
                return null;
        }
    }
}
