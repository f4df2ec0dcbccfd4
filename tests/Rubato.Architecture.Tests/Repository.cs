namespace Rubato.Architecture.Tests;

/// <summary>The working copy that this test was built in.</summary>
internal static class Repository
{
    /// <summary>Folders of built or fetched files, and of the version control.</summary>
    private static readonly string[] Skipped = [".git", "artifacts", "build", "runs", "bin", "obj", ".vs", "__pycache__"];

    /// <summary>Folders of projects.</summary>
    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Folders.SelectMany(Files).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Load)];

    public static IEnumerable<ProjectFile> SourceProjects => Projects.Where(project => project.IsSource);

    /// <summary>Paths below a folder, from the root, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string folder = "")
    {
        var found = new List<string>();
        Collect(Path.Combine(Root, folder), found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static void Collect(string folder, List<string> found)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        found.AddRange(Directory.EnumerateFiles(folder).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')));
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!Skipped.Contains(Path.GetFileName(inner), StringComparer.Ordinal))
            {
                Collect(inner, found);
            }
        }
    }

    private static ProjectFile Load(string path) => ProjectFile.Parse(path, Read(path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Rubato.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Rubato.slnx above '{AppContext.BaseDirectory}'.");
    }
}
