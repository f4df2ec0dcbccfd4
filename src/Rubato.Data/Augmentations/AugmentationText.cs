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
        var calls = CallExpression.ParseEach(text, Subject);
        foreach (var call in calls)
        {
            var one = One(call, findings);
            if (one is null)
            {
                continue;
            }

            if (!seen.Add(call.Name))
            {
                findings.Add(new Finding(Subject, text, $"which names '{call.Name}' twice", "name it once"));
            }
            else if (call.Name == "none" && calls.Length > 1)
            {
                findings.Add(new Finding(Subject, text, "which combines 'none' with others", "leave 'none' out"));
            }

            whole = whole is null ? one : new InSequence(whole, one);
        }

        return findings.Count == 0 && whole is not null ? whole : throw new InvalidInputException(findings);
    }

    private static Augmentation? One(CallExpression call, List<Finding> findings)
    {
        switch (call.Name)
        {
            case "none" when call.IsBare:
                return Augmentation.None;
            case "flip" when call.IsBare:
                return new Flip();
            case "none" or "flip":
                findings.Add(new Finding(Subject, call, $"but {call.Name} takes nothing in parentheses", $"write {call.Name}"));
                return null;
            case "crop" when PaddingOf(call) is { } padding:
                return new Crop(padding);
            case "crop":
                findings.Add(new Finding(
                    Subject, call, "but crop needs its padding in pixels, a whole number from 1 to 1024", "write it as crop(4)"));
                return null;
            default:
                var near = Suggestion.Nearest(call.Name, Names);
                findings.Add(new Finding(
                    Subject, call, "which is unknown", $"{(near is null ? "use" : $"did you mean '{near}'? Use")} {Known}"));
                return null;
        }
    }

    private static int? PaddingOf(CallExpression call) =>
        int.TryParse(call.OnlyValue, NumberStyles.None, CultureInfo.InvariantCulture, out var padding) && padding is >= 1 and <= 1024
            ? padding
            : null;
}
