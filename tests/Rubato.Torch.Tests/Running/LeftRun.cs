using System.Text.RegularExpressions;

namespace Rubato.Torch.Tests.Running;

/// <summary>What a run has left in its folder.</summary>
internal static partial class LeftRun
{
    /// <summary>Copies a folder as a kill of its process would leave it at this moment: what the process holds back is not in it.</summary>
    /// <param name="run">The folder of a run that goes on.</param>
    /// <param name="copy">The new folder.</param>
    public static void Copy(string run, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var folder in Directory.GetDirectories(run, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(copy, Path.GetRelativePath(run, folder)));
        }

        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetRelativePath(run, file)));
        }
    }

    /// <summary>All files but checkpoints by their names; without times, the place of the run, and the lines that tell of a resumption.</summary>
    /// <param name="run">The folder of a run that has ended.</param>
    public static IReadOnlyDictionary<string, string> Content(string run) => Directory.GetFiles(run)
        .Select(file => (Name: Path.GetFileName(file), Text: TextOf(file, run)))
        .Where(file => file is not { Name: "events.jsonl", Text: "" })
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal);

    private static string TextOf(string file, string run) => Path.GetExtension(file) switch
    {
        ".safetensors" => Convert.ToHexString(File.ReadAllBytes(file)),
        ".yaml" => string.Join('\n', File.ReadLines(file).Where(line => !line.StartsWith("out:", StringComparison.Ordinal))),
        ".csv" => string.Join('\n', File.ReadLines(file).Select(WithoutSeconds)),
        _ => string.Join('\n', File.ReadLines(file)
            .Where(line => !line.Contains("\"kind\":\"resume\"", StringComparison.Ordinal))
            .Select(line => Seconds().Replace(line, "").Replace(run, "RUN", StringComparison.Ordinal))),
    };

    // The eighth column.
    private static string WithoutSeconds(string row) => string.Join(',', row.Split(',').Where((_, column) => column != 7));

    [GeneratedRegex("\"([a-z]+_)?seconds\": ?[0-9.eE+-]+,?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Seconds();
}
