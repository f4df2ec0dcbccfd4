using System.Text;

namespace Rubato.Architecture.Tests;

/// <summary>What README.md and docs/ tell a reader to type: the fenced blocks of a language, and the command lines in them.</summary>
internal static class DocumentedCommands
{
    public static IEnumerable<string> Pages => Repository.Files().Where(file => file == "README.md" || file.StartsWith("docs/", StringComparison.Ordinal));

    public static IEnumerable<string> Blocks(string page, string language)
    {
        var parts = page.Split("```");
        for (var i = 1; i < parts.Length; i += 2)
        {
            if (parts[i].StartsWith(language + "\n", StringComparison.Ordinal))
            {
                yield return parts[i][(language.Length + 1)..];
            }
        }
    }

    /// <summary>The words after <c>./rubato</c>, for each line that runs it.</summary>
    public static IEnumerable<IReadOnlyList<string>> In(string page) =>
        from block in Blocks(page, "sh")
        from line in block.Split('\n')
        let words = Words(line)
        let start = words.ToList().IndexOf("./rubato")
        where start >= 0
        select words.Skip(start + 1).ToList();

    /// <summary>A line as a shell splits it: blanks, double quotes, and comments.</summary>
    public static IReadOnlyList<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        foreach (var character in line + ' ')
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character != ' ' || quoted)
            {
                if (character == '#' && !quoted && word.Length == 0)
                {
                    break;
                }

                word.Append(character);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
