using System.Text;
using Rubato.Runs.Files;
using Rubato.Runs.Logs;
using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;

namespace Rubato.Runs;

/// <summary>
/// The folder of one run: <c>config.yaml</c>, <c>steps.jsonl</c>, <c>epochs.csv</c>, <c>summary.json</c>, <c>model.safetensors</c>, and
/// <c>events.jsonl</c> where there is an event, <c>range-test.csv</c> where there was a range test, <c>noise.jsonl</c> where the noise was
/// measured, <c>best.safetensors</c> where the best weights are kept; and <c>checkpoints</c>, from which it can go on. At any moment each
/// file is whole, but for a last line of a log that a killed process may leave cut.
/// </summary>
/// <remarks>Owned by one run: no two runs, in whatever processes, are given the same folder. Immutable.</remarks>
public sealed class RunFolder
{
    // An empty log says truthfully "no update yet", so the file that claims the folder is the log itself.
    private const string ClaimName = "steps.jsonl";

    /// <summary>The name of the file of the best weights.</summary>
    public const string BestName = "best.safetensors";

    private RunFolder(string path) => Path = path;

    /// <summary>Where the folder is, as <c>root/name</c>.</summary>
    public string Path { get; }

    /// <summary>The configuration's file.</summary>
    public string ConfigurationPath => System.IO.Path.Combine(Path, "config.yaml");

    /// <summary>The updates' file.</summary>
    public string StepsPath => System.IO.Path.Combine(Path, ClaimName);

    /// <summary>The epochs' file.</summary>
    public string EpochsPath => System.IO.Path.Combine(Path, "epochs.csv");

    /// <summary>The events' file; there is none before the first event.</summary>
    public string EventsPath => System.IO.Path.Combine(Path, "events.jsonl");

    /// <summary>The file of the gradient's noise; there is none before it is first measured.</summary>
    public string NoisePath => System.IO.Path.Combine(Path, "noise.jsonl");

    /// <summary>The range test's file; there is none where the learning rate was not found by one.</summary>
    public string RangeTestPath => System.IO.Path.Combine(Path, "range-test.csv");

    /// <summary>The summary's file.</summary>
    public string SummaryPath => System.IO.Path.Combine(Path, "summary.json");

    /// <summary>The weights' file.</summary>
    public string WeightsPath => System.IO.Path.Combine(Path, "model.safetensors");

    /// <summary>The folder of the checkpoints; there is none before the first.</summary>
    public string CheckpointsPath => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The file of the best weights; there is none where they are not kept.</summary>
    public string BestPath => System.IO.Path.Combine(Path, BestName);

    /// <summary>Makes a new folder and proves that it can be written; call it before anything long starts.</summary>
    /// <param name="root">Where runs are kept; made where it does not exist.</param>
    /// <param name="name">The run's name; null takes the first free of <c>defaultName-1</c>, <c>defaultName-2</c>, ...</param>
    /// <param name="defaultName">
    /// What unnamed runs are called; other characters than letters, digits, <c>.</c>, <c>_</c> and <c>-</c> become <c>-</c>.
    /// </param>
    /// <returns>The folder, which belongs to this run alone.</returns>
    /// <exception cref="InvalidInputException">The name is taken or is no plain name, or the folder cannot be written.</exception>
    public static RunFolder Create(string root, string? name, string defaultName)
    {
        if (root.Length == 0)
        {
            throw new InvalidInputException(new Finding(nameof(root), null, "is empty", "name a folder, for instance runs"));
        }

        if (name is not null)
        {
            RequirePlainName(name);
        }

        try
        {
            Directory.CreateDirectory(root);
            return name is null ? CreateNumbered(root, ToPlainName(defaultName)) : CreateNamed(root, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(
                new Finding(
                    nameof(root),
                    root,
                    $"but no run folder can be made there ({OneLine(e.Message).TrimEnd('.')})",
                    "choose a folder that can be written"),
                e);
        }
    }

    /// <summary>Makes a new folder of a given path.</summary>
    /// <param name="path">Where it shall be, such as <c>runs/first</c>; the folder that holds it is made if it does not exist.</param>
    /// <returns>The folder, which belongs to this run alone.</returns>
    /// <exception cref="InvalidInputException">The path is taken, or the folder cannot be written.</exception>
    public static RunFolder Create(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);
        return Create(System.IO.Path.GetDirectoryName(full) ?? full, System.IO.Path.GetFileName(full), "run");
    }

    /// <summary>An existing folder, of a run that is to go on.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder; <see cref="Checkpoints.RunLock"/> keeps others out.</returns>
    /// <exception cref="InvalidInputException">It is no run folder.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var folder = new RunFolder(path.TrimEnd('/', System.IO.Path.DirectorySeparatorChar));
        return File.Exists(folder.ConfigurationPath) && File.Exists(folder.StepsPath)
            ? folder
            : throw new InvalidInputException(new Finding(
                nameof(path),
                path,
                Directory.Exists(path) ? "which is no run folder: it has no config.yaml beside a steps.jsonl" : "which does not exist",
                "name the folder of a run, for instance runs/first"));
    }

    /// <summary>Writes <c>config.yaml</c>.</summary>
    /// <param name="yaml">The resolved configuration.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteConfiguration(string yaml) =>
        AtomicFile.Write(ConfigurationPath, stream => stream.Write(Encoding.UTF8.GetBytes(yaml)));

    /// <summary>Writes <c>range-test.csv</c>.</summary>
    /// <param name="report">The range test before the run.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteRangeTest(RangeTestReport report) => RangeTestCsv.Write(RangeTestPath, report);

    /// <summary>Opens the logs, at their start or where a checkpoint was written; what is beyond that is cut off.</summary>
    /// <param name="metrics">The names of the metrics that each epoch has; empty for none.</param>
    /// <param name="validates">Whether each epoch has validation samples.</param>
    /// <param name="lengths">How long the files were; all 0 for new ones.</param>
    /// <returns>The logs; dispose them to write what is buffered.</returns>
    /// <exception cref="InvalidInputException">A file is shorter than it was.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public RunLogs OpenLogs(IReadOnlyList<string> metrics, bool validates = false, LogLengths lengths = default) =>
        new(new LogPaths(StepsPath, EpochsPath, EventsPath, NoisePath), metrics, validates, lengths);

    /// <summary>Writes <c>summary.json</c>.</summary>
    /// <param name="summary">What the run came to.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteSummary(RunSummary summary) => AtomicFile.Write(SummaryPath, stream => SummaryFile.Write(stream, summary));

    /// <summary>Writes <c>model.safetensors</c>.</summary>
    /// <param name="tensors">The network's state, by its PyTorch names.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The tensors break a rule of <see cref="SafeTensorsWriter"/>.</exception>
    public void WriteWeights(IReadOnlyList<TensorEntry> tensors) =>
        AtomicFile.Write(WeightsPath, stream => SafeTensorsWriter.Write(stream, tensors));

    /// <summary>Writes <c>best.safetensors</c>, over what was best before.</summary>
    /// <param name="tensors">The network's state, by its PyTorch names.</param>
    /// <param name="best">What it is: written as the file's metadata, under the names of <c>summary.json</c>.</param>
    /// <exception cref="IOException">The file cannot be written; the one before is still there.</exception>
    /// <exception cref="ArgumentException">The tensors break a rule of <see cref="SafeTensorsWriter"/>.</exception>
    public void WriteBest(IReadOnlyList<TensorEntry> tensors, BestRecord best)
    {
        ArgumentNullException.ThrowIfNull(best);
        AtomicFile.Write(BestPath, stream => SafeTensorsWriter.Write(stream, tensors, best.Metadata()));
    }

    /// <summary>
    /// Removes the folder of a run that turned out, while it was set up, to be impossible. Only <c>config.yaml</c>, an empty
    /// <c>steps.jsonl</c>, an <c>epochs.csv</c> without rows and a folder without checkpoints are ever removed; a
    /// folder that holds more is left as it is.
    /// </summary>
    /// <returns>Whether the folder was removed.</returns>
    public bool DiscardUnstarted()
    {
        var files = Directory.GetFileSystemEntries(Path);
        var known = Array.TrueForAll(
            files, file => file == ConfigurationPath || file == StepsPath || file == EpochsPath || IsWithoutCheckpoints(file));
        var began = new FileInfo(StepsPath) is { Exists: true, Length: > 0 }
            || (File.Exists(EpochsPath) && File.ReadLines(EpochsPath).Skip(1).Any());
        if (!known || began)
        {
            return false;
        }

        Directory.Delete(Path, recursive: true);
        return true;
    }

    private bool IsWithoutCheckpoints(string folder) => folder == CheckpointsPath && Directory.GetDirectories(folder).Length == 0;

    private static RunFolder CreateNamed(string root, string name)
    {
        var path = System.IO.Path.Combine(root, name);
        return TryClaim(path)
            ? new RunFolder(path)
            : throw new InvalidInputException(new Finding(
                nameof(name), name, $"but the run folder '{path}' exists already", "choose another name, or remove the folder"));
    }

    private static RunFolder CreateNumbered(string root, string stem)
    {
        for (var number = 1; ; number++)
        {
            var path = System.IO.Path.Combine(root, $"{stem}-{number}");
            if (TryClaim(path))
            {
                return new RunFolder(path);
            }
        }
    }

    /// <summary>
    /// Takes a path that nobody has. .NET makes directories without saying whether it made them, so of two processes that pass the first
    /// test together the one that creates the claim file wins.
    /// </summary>
    private static bool TryClaim(string path)
    {
        if (System.IO.Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(path);
        var claim = System.IO.Path.Combine(path, ClaimName);
        try
        {
            using var stream = new FileStream(claim, FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException) when (File.Exists(claim))
        {
            return false;
        }
    }

    private static void RequirePlainName(string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.Any(c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw new InvalidInputException(
                new Finding(
                    nameof(name),
                    OneLine(name),
                    "it must be a plain folder name without path separators",
                    "give the folder that holds it as the output folder"));
        }
    }

    private static string ToPlainName(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Trim('-', '.');
        return plain.Length switch
        {
            0 => "run",
            > 100 => plain[..100],
            _ => plain,
        };
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
