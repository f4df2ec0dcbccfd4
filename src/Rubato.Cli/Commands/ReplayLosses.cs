using Rubato.Language;
using Rubato.Numerics;
using Rubato.Runs.Files;
using Rubato.Runs.Logs;

namespace Rubato.Cli.Commands;

/// <summary>
/// Reads the losses of <c>rubato replay</c>: a file with one a line, a table of comma-separated values with a header, or a run folder.
/// Blank lines are passed over.
/// </summary>
/// <param name="path">The value of <c>--losses</c>.</param>
/// <param name="column">The value of <c>--column</c>; null where it is not given.</param>
/// <param name="findings">Receives a sentence where it cannot be used.</param>
internal sealed class ReplayLosses(string path, string? column, List<Finding> findings)
{
    private const string UsualColumn = "loss";
    private const string Steps = "steps.jsonl";

    /// <summary>Reads them.</summary>
    /// <returns>The losses; null where there is a finding.</returns>
    internal RecordedLosses? Read()
    {
        try
        {
            var recorded = Directory.Exists(path) ? ReadFolder() : File.Exists(path) ? ReadFile() : Missing();
            if (recorded is { Losses.Count: 0 })
            {
                findings.Add($"--losses is '{path}', which holds no loss; there must be at least one.");
                return null;
            }

            return recorded;
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add($"--losses is '{path}', which cannot be read ({exception.Message.TrimEnd('.')}); name a file that can be.");
            return null;
        }
    }

    private RecordedLosses? Missing()
    {
        findings.Add(
            $"--losses is '{path}', but there is no such file; "
            + "name a file with one loss a line, a table with a loss column, or a run folder.");
        return null;
    }

    private RecordedLosses? ReadFolder()
    {
        var log = Path.Combine(path, Steps);
        if (column is not null)
        {
            findings.Add($"--column is '{column}', but --losses '{path}' is a folder and no table; leave --column out.");
        }

        if (File.Exists(log))
        {
            return ReadSteps(log);
        }

        findings.Add($"--losses is '{path}', a folder without {Steps}; name a run folder, such as runs/NAME, or a file.");
        return null;
    }

    private RecordedLosses? ReadSteps(string log)
    {
        try
        {
            // A run that diverged repeats the number of its last update for one that was not applied.
            var records = StepLog.Read(log).Records.DistinctBy(record => record.Step).ToList();
            double[] losses = [.. records.Select(record => record.Loss)];
            if (records.Count == 0 || !(records[^1] is { Epoch: > 0 and < double.PositiveInfinity, Samples: > 0 } last))
            {
                return new RecordedLosses(losses);
            }

            var size = records[0].BatchSize;
            return size > 0 && records.TrueForAll(record => record.BatchSize == size)
                ? new RecordedLosses(losses, size, Whole(last.Samples / last.Epoch))
                : new RecordedLosses(losses, 1, Whole(records.Count / last.Epoch));
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    private static long Whole(double count) => (long)Math.Clamp(Math.Round(count), 1, 1e15);

    private RecordedLosses? ReadFile()
    {
        var lines = TextFile.Lines(path).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).ToList();
        if (lines.Count == 0)
        {
            return new RecordedLosses([]);
        }

        var first = lines[0].Item;
        if (first.TrimStart().StartsWith('{') && Path.GetFileName(path) == Steps)
        {
            return ReadSteps(path);
        }

        var hasHeader = !IsNumber(first);
        if (!hasHeader && column is not null)
        {
            findings.Add($"--column is '{column}', but --losses '{path}' has no header: it begins with a loss; leave --column out.");
            return null;
        }

        return (hasHeader ? IndexOf(TableLine.Split(first)) : 0) is { } index
            ? ReadLines(lines.Skip(hasHeader ? 1 : 0), hasHeader, index)
            : null;
    }

    private int? IndexOf(IReadOnlyList<string> names)
    {
        var wanted = column ?? UsualColumn;
        string[] known = [.. names.Select(name => name.Trim())];
        var found = known.Index().Where(name => name.Item == wanted).ToList();
        if (found.Count == 1)
        {
            return found[0].Index;
        }

        var shown = string.Join(", ", known.Select(name => Shortened(name)));
        findings.Add(found.Count == 0
            ? $"--losses '{path}' has no column '{wanted}'; its columns are {shown}; "
                + $"{(column is null ? "choose one with --column NAME" : "choose one of them")}.{Suggestion.For(wanted, known)}"
            : $"--losses '{path}' has {found.Count} columns '{wanted}'; give one of them another name.");
        return null;
    }

    private RecordedLosses? ReadLines(IEnumerable<(int Index, string Item)> lines, bool isTable, int column)
    {
        var losses = new List<double>();
        foreach (var (index, line) in lines)
        {
            var cells = isTable ? TableLine.Split(line) : [line];
            if (cells.Count <= column)
            {
                findings.Add(
                    $"--losses '{path}', line {index + 1} has {cells.Count} of the {column + 1} columns up to the loss; fill it up.");
                return null;
            }

            var cell = cells[column];
            if (!WrittenNumber.TryRead(cell, out var loss))
            {
                var found = $"--losses '{path}', line {index + 1}: '{Shortened(cell.Trim())}' is no";
                findings.Add(isTable
                    ? $"{found} loss; there must be a number, such as 2.3026, inf or nan."
                    : $"{found} number; there must be one loss a line, such as 2.3026, inf or nan.");
                return null;
            }

            losses.Add(loss);
        }

        return new RecordedLosses(losses);
    }

    private static bool IsNumber(string text) => WrittenNumber.TryRead(text, out _);

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
