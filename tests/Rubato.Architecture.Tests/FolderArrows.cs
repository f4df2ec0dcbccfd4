namespace Rubato.Architecture.Tests;

/// <summary>Which folders of a project name types of which others, from the sources' text. A folder is compared with those beside it.</summary>
/// <remarks>A folder's own files stand beside its inner folders, as <c>.</c>.</remarks>
internal static class FolderArrows
{
    private const string Own = ".";

    /// <summary>Folders that may name each other, and why. One that no circle needs any more is refused too.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Rubato: Language, Rewrites"] = "a closed family with its text: a rewrite is parsed where a user looks, and the parser knows each",
    };

    /// <summary>Circles that are not allowed, each with the files that tie it, and allowances that nothing needs.</summary>
    public static IEnumerable<string> Violations(IEnumerable<(string Project, IReadOnlyList<SourceFile> Files)> projects)
    {
        var circles = projects.SelectMany(project => Circles(project.Project, project.Files)).ToList();
        var found = circles.Where(circle => !Allowed.ContainsKey(circle.Name)).Select(circle => circle.Name + "\n" + string.Join('\n', circle.Arrows));
        var unneeded = Allowed.Keys.Except(circles.Select(circle => circle.Name), StringComparer.Ordinal);
        return found.Concat(unneeded.Select(name => $"{name} is no circle any more; take it off the list."));
    }

    /// <summary>Folders that reach each other, by the place in which they lie.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Arrows)> Circles(string project, IReadOnlyList<SourceFile> files)
    {
        var declared = files.SelectMany(file => file.Types, (file, type) => (type, file)).ToLookup(pair => pair.type, pair => pair.file);
        var arrows = from file in files
                     from use in file.Named(declared)
                     let fork = Fork(file.Path, use.File.Path)
                     where fork.From != fork.To && !IsVocabulary(project, fork)
                     select (fork.Place, fork.From, fork.To, Text: $"  {file.Path} -> {use.File.Path} ({use.Type})");
        foreach (var place in arrows.GroupBy(arrow => arrow.Place, StringComparer.Ordinal))
        {
            var next = place.ToLookup(arrow => arrow.From, arrow => arrow.To, StringComparer.Ordinal);
            var reached = next.ToDictionary(folder => folder.Key, folder => Reached(folder.Key, next), StringComparer.Ordinal);
            bool AreTied(string one, string other) => reached[one].Contains(other) && reached.TryGetValue(other, out var back) && back.Contains(one);
            foreach (var circle in place.Where(arrow => AreTied(arrow.From, arrow.To)).GroupBy(
                arrow => string.Join(", ", reached.Keys.Where(folder => AreTied(arrow.From, folder)).Order(StringComparer.Ordinal)),
                StringComparer.Ordinal))
            {
                var name = place.Key.Length > 0 ? $"{project}/{place.Key}" : project;
                yield return ($"{name}: {circle.Key}", [.. circle.Select(arrow => arrow.Text).Order(StringComparer.Ordinal)]);
            }
        }
    }

    // The root of the package is the vocabulary that all its rooms share, and that offers to parse and print what they know.
    private static bool IsVocabulary(string project, (string Place, string From, string To) fork) =>
        project == "Rubato" && fork.Place.Length == 0 && (fork.From == Own || fork.To == Own);

    private static (string Place, string From, string To) Fork(string from, string to)
    {
        string[] one = from.Split('/')[..^1], other = to.Split('/')[..^1];
        var shared = 0;
        while (shared < one.Length && shared < other.Length && one[shared] == other[shared])
        {
            shared++;
        }

        return (string.Join('/', one[..shared]), one.ElementAtOrDefault(shared) ?? Own, other.ElementAtOrDefault(shared) ?? Own);
    }

    private static HashSet<string> Reached(string start, ILookup<string, string> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var folder))
        {
            foreach (var to in next[folder].Where(reached.Add))
            {
                open.Push(to);
            }
        }

        return reached;
    }
}
