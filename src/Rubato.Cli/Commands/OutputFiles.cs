namespace Rubato.Cli.Commands;

/// <summary>Files that a command is asked to write.</summary>
/// <param name="Stem">What a file is called in an example, without its ending.</param>
/// <param name="Files">Each flag with its value; null where it is not given.</param>
/// <remarks>Immutable. Two are equal only where they share their files.</remarks>
internal sealed record OutputFiles(string Stem, IReadOnlyList<(string Flag, string? Path)> Files)
{
    /// <summary>Looks for what would keep a file from being written, before anything is.</summary>
    /// <param name="findings">Receives a sentence each.</param>
    /// <param name="read">Flags with the files that the command reads.</param>
    internal void Check(List<Finding> findings, params IReadOnlyList<(string Flag, string Path)> read)
    {
        var given = Files.Where(file => file.Path is not null).Select(file => (file.Flag, Path: file.Path!)).ToList();
        foreach (var (flag, path) in given)
        {
            var example = $"{Stem}.{flag[2..]}";
            if (string.IsNullOrWhiteSpace(path))
            {
                findings.Add($"{flag} is empty; name a file, for instance {flag} {example}.");
            }
            else if (Directory.Exists(path))
            {
                findings.Add($"{flag} is '{path}', which is a folder; name a file, for instance {flag} {Path.Combine(path, example)}.");
            }
            else if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                findings.Add($"{flag} is '{path}', but there is no folder '{folder}'; make it first, or name another file.");
            }
            else if (OperatingSystem.IsLinux() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                // The file is renamed into place, which would put it in the device's stead.
                findings.Add($"{flag} is '{path}', which is a device; name a file, for instance {flag} {example}.");
            }
        }

        // The dot keeps an empty path from being refused.
        var all = read.DistinctBy(file => Path.GetFullPath(file.Path + "."), StringComparer.Ordinal).Concat(given);
        var files = all.GroupBy(file => Path.GetFullPath(file.Path + "."), StringComparer.Ordinal);
        foreach (var twins in files.Where(twins => twins.Count() > 1))
        {
            findings.Add(
                $"{string.Join(" and ", twins.Select(file => file.Flag))} name the same file, '{twins.First().Path}'; "
                + "name another one for each.");
        }
    }
}
