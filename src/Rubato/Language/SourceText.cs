namespace Rubato.Language;

/// <summary>A text that is read, and the sentences about what is wrong with it.</summary>
/// <param name="subject">What the text is, such as <c>lr</c>.</param>
/// <param name="text">The text.</param>
internal sealed class SourceText(string subject, string text)
{
    private const int LongestShown = 160;

    // Parameters of constructors whose names are not the words of the text.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["baseLr"] = "the lower value",
        ["maxLr"] = "max",
        ["minLr"] = "min",
        ["baseMomentum"] = "the lower momentum",
        ["maxMomentum"] = "the upper momentum",
        ["stepSize"] = "step",
        ["stepSizeDown"] = "down",
        ["pctStart"] = "pct",
        ["divFactor"] = "div",
        ["finalDivFactor"] = "final-div",
        ["milestones"] = "at",
    };

    /// <summary>A sentence with the place.</summary>
    internal InvalidInputException Wrong(int position, string finding, Exception? cause = null) =>
        new(new Finding(subject, Shown(position), finding) { Place = $"column {position + 1}" }, cause);

    /// <summary>Something else was expected.</summary>
    internal InvalidInputException Expected(string expected, Token found) =>
        Wrong(found.Position, $"expected {expected}, but {found.Found}.");

    /// <summary>What is made here, where the sentences of what cannot be made get the place.</summary>
    internal Schedule Make(int position, string form, Func<Schedule> make)
    {
        var prefix = form.Length == 0 ? "" : $"{form}: ";
        try
        {
            return make();
        }
        catch (InvalidInputException exception)
        {
            throw Wrong(position, prefix + string.Join(' ', exception.Findings), exception);
        }
        catch (ArgumentException exception)
        {
            throw Wrong(position, prefix + ArgumentSentence.Of(exception, name => Words.GetValueOrDefault(name, name)), exception);
        }
    }

    /// <summary>What is written from one token to another, both included.</summary>
    internal string Between(Token first, Token last) => text[first.Position..(last.Position + last.Text.Length)];

    private string Shown(int position)
    {
        var from = Math.Clamp(position - (LongestShown / 2), 0, Math.Max(0, text.Length - LongestShown));
        var to = Math.Min(from + LongestShown, text.Length);
        var part = string.Create(to - from, (text, from), static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = source.text[source.from + i];
                span[i] = char.IsControl(c) ? ' ' : c;
            }
        });
        return (from > 0 ? "..." : "") + part + (to < text.Length ? "..." : "");
    }
}
