using System.Collections.Immutable;
using Rubato.Numerics;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Rates;

/// <summary>How large the rates of a run were, update by update, from its <c>steps.jsonl</c>.</summary>
/// <remarks>Immutable. Two are equal only where they share their updates.</remarks>
public sealed record RateCurve
{
    private const string FileName = "steps.jsonl";
    private const int MostFindings = 20;

    private RateCurve(string name, ImmutableArray<StepRecord> updates)
    {
        (Name, Updates) = (name, updates);
        Effective = [.. updates.Where(update => double.IsFinite(update.EffectiveRate))];
        IsExponential = updates.Any(update => update.ExponentialRateLog10 is not null);
    }

    /// <summary>What the run is called.</summary>
    public string Name { get; init; }

    /// <summary>The applied updates, in order; at least one.</summary>
    public ImmutableArray<StepRecord> Updates { get; }

    /// <summary>
    /// Those of them whose effective rate was measured, and is finite; none where nothing measures it, see
    /// <see cref="StepRecord.EffectiveRate"/>.
    /// </summary>
    public ImmutableArray<StepRecord> Effective { get; }

    /// <summary>Whether the run had growing rates in place of weight decay.</summary>
    public bool IsExponential { get; }

    /// <summary>Takes the rates of updates.</summary>
    /// <param name="records">The records of a log, in its order; a last one of an update that was not applied is left out.</param>
    /// <param name="name">What the run is called.</param>
    /// <param name="file">What the log is called in messages.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidInputException">
    /// There is no update, updates are out of order, or a rate is none; a sentence for each of the first records with its line.
    /// </exception>
    public static RateCurve Of(IReadOnlyList<StepRecord> records, string name, string file = FileName)
    {
        ArgumentNullException.ThrowIfNull(records);
        var (findings, count, before) = (new List<Finding>(), records.Count, default(StepRecord));
        if (count > 0 && IsNotApplied(records[^1], count > 1 ? records[^2] : default))
        {
            count--;
        }

        for (var i = 0; i < count && findings.Count < MostFindings; i++)
        {
            if (Finding(records[i], before) is { } finding)
            {
                findings.Add(new Finding(file, null, finding) { Place = $"line {i + 1}" });
            }

            before = records[i];
        }

        return findings.Count > 0 ? throw new InvalidInputException(findings)
            : count == 0 ? throw new InvalidInputException(
                new Finding(file, null, "has no applied update, and no rates therefore", "name a run that has made some"))
            : new RateCurve(name, [.. records.Take(count)]);
    }

    /// <summary>Reads the rates of a run.</summary>
    /// <param name="path">The run folder, or its <c>steps.jsonl</c>.</param>
    /// <returns>The curve, with the name of the folder; of a file of another name, with that.</returns>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, a line is no record of an update, or as <see cref="Of"/> throws it.
    /// </exception>
    public static RateCurve Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = FileOf(path);
        return !File.Exists(file)
            ? throw new InvalidInputException(
                Directory.Exists(path)
                    ? $"'{path}' is a folder without {FileName}; name the folder of a run, such as runs/NAME."
                    : $"there is no '{path}'; name a run folder, such as runs/NAME, or its {FileName}.")
            : Of(StepLog.Read(file).Records, NameOf(file), file);
    }

    /// <summary>The log that stands for a run.</summary>
    /// <param name="path">The run folder, or its <c>steps.jsonl</c>.</param>
    /// <returns>The file's path; whether there is one, is not looked for.</returns>
    public static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, FileName) : path;

    private static string NameOf(string file) =>
        Path.GetFileName(file) == FileName && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) is { Length: > 0 } folder
            ? folder
            : Path.GetFileNameWithoutExtension(file);

    private static bool IsNotApplied(in StepRecord last, in StepRecord before) => last.Step == before.Step && !double.IsFinite(last.Loss);

    private static string? Finding(in StepRecord record, in StepRecord before) =>
        record.Step <= before.Step ? $"step is {record.Step}, but must be above {before.Step}, that of the update before."
        : record.BatchSize < 1 ? $"batch_size is {record.BatchSize}, but must be at least 1."
        : record.Samples - record.BatchSize < before.Samples
            ? $"samples is {record.Samples}, but must be at least {before.Samples + record.BatchSize}: those before and the batch."
        : !(record.LearningRate >= 0 && double.IsFinite(record.LearningRate))
            ? $"learning_rate is {ExactNumber.Text(record.LearningRate)}, but must be finite and at least 0."
        : record.EffectiveRate < 0 ? $"effective_rate is {ExactNumber.Text(record.EffectiveRate)}, but must be at least 0."
        : record.ExponentialRateLog10 is double.NaN or double.PositiveInfinity
            ? $"log10_exponential_rate is {record.ExponentialRateLog10}, but must be a logarithm."
        : null;
}
