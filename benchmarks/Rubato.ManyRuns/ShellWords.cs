using System.Text;

namespace Rubato.ManyRuns;

/// <summary>Splits a line as a shell would: at blanks, but for those between quotes.</summary>
internal static class ShellWords
{
    internal static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        foreach (var c in line)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word.Append(c == quote || quote == '\0' ? "" : c.ToString());
            }
            else if (c is '\'' or '"')
            {
                (quote, isWord) = (c, true);
            }
            else if (c != ' ')
            {
                word.Append(c);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        return isWord ? [.. words, word.ToString()] : words;
    }
}
