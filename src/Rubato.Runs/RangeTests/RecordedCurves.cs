using System.Collections.Immutable;
using System.Globalization;
using Rubato.Language;
using Rubato.Numerics;
using Rubato.RangeTests;
using Rubato.Runs.Files;
using Rubato.Runs.Logs;

namespace Rubato.Runs.RangeTests;

/// <summary>Curves of range tests that were recorded before.</summary>
/// <param name="Runs">At least one.</param>
/// <param name="BatchSize">The global batch size in samples; null where it is not known.</param>
/// <remarks>Immutable. Two are equal only where they share their runs.</remarks>
public sealed record RecordedCurves(ImmutableArray<RangeCurve> Runs, long? BatchSize)
{
    /// <summary>Updates of the log that were left out, since they come after the rates have stopped to rise.</summary>
    public int LeftOut { get; init; }

    private const string Steps = "steps.jsonl";

    /// <summary>The curves with the losses that were averaged, where the log has bias-corrected exponential averages of them.</summary>
    /// <param name="keep">
    /// The factor k of the average before, in [0, 1): <c>m_t = k m_(t-1) + (1 - k) raw_t</c>, <c>avg_t = m_t / (1 - k^t)</c>. fastai and
    /// Lightning take 0.98.
    /// </param>
    /// <param name="name">What the factor is called in messages, such as a flag.</param>
    /// <returns>The curves.</returns>
    /// <exception cref="InvalidInputException">The factor is out of its range, or a log leaves out updates.</exception>
    public RecordedCurves Unaveraged(double keep, string name)
    {
        if (keep is not (>= 0 and < 1))
        {
            throw new InvalidInputException(new Finding(name, keep, "it must be at least 0 and below 1", "for instance 0.98"));
        }

        if (Runs.Any(run => run.Points[^1].Update - run.Points[0].Update != run.Points.Length - 1))
        {
            throw new InvalidInputException(new Finding(
                name, keep, "but the log leaves out updates, and what was averaged cannot be told without them", "log every update"));
        }

        return this with { Runs = [.. Runs.Select(run => Unaveraged(run, keep))] };
    }

    private static RangeCurve Unaveraged(RangeCurve run, double keep)
    {
        var losses = AveragedLosses.Undo([.. run.Points.Select(point => point.Loss)], keep);
        return Curve([.. run.Points.Zip(losses, (point, loss) => point with { Loss = loss })]);
    }

    /// <summary>
    /// Reads curves: a table of comma-separated values with the columns <c>learning_rate</c> and <c>loss</c>, and, where they are there,
    /// <c>accuracy</c>, <c>iteration</c> and <c>run</c>; or a run folder, or its <c>steps.jsonl</c>, as far as its rates rise.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="name">What it is called in messages, such as a flag.</param>
    /// <returns>The curves.</returns>
    /// <exception cref="InvalidInputException">It cannot be read or holds no curve.</exception>
    public static RecordedCurves Read(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (Directory.Exists(path))
            {
                var log = Path.Combine(path, Steps);
                return File.Exists(log)
                    ? OfSteps(log, name)
                    : throw new InvalidInputException(new Finding(
                        name,
                        path,
                        $"which is a folder without {Steps}",
                        "name a run folder, such as runs/NAME, or a table"));
            }

            return !File.Exists(path) ? throw new InvalidInputException(new Finding(
                name,
                path,
                "but there is no such file",
                "name a table with the columns learning_rate and loss, or a run folder"))
                : Path.GetExtension(path) == ".jsonl" ? OfSteps(path, name)
                : OfTable(TextFile.Lines(path), finding => finding.Under(name, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Finding(
                name,
                path,
                $"which cannot be read ({exception.Message.TrimEnd('.')})",
                "name a file that can be"), exception);
        }
    }

    private static RecordedCurves OfSteps(string path, string name)
    {
        // A run that diverged repeats the number of its last update for one that was not applied: its loss is the curve's end.
        var records = StepLog.Read(path).Records;
        var points = ImmutableArray.CreateBuilder<RangePoint>();
        foreach (var record in records)
        {
            if (!(record.LearningRate > (points.Count == 0 ? 0 : points[^1].LearningRate)))
            {
                break;
            }

            points.Add(new RangePoint(points.Count + 1, record.LearningRate, record.Loss));
        }

        if (points.Count < RangeTest.FewestUpdates)
        {
            throw new InvalidInputException(
                new Finding(
                    name,
                    path,
                    $"whose learning rates rise over {points.Count} of its {records.Length} updates only",
                    $"a range test needs at least {RangeTest.FewestUpdates}, as a run with the schedule exponential(1e-5 -> 10) has"));
        }

        var size = records[0].BatchSize;
        var hasOneSize = size > 0 && records.Take(points.Count).All(record => record.BatchSize == size);
        return new RecordedCurves([Curve(points.ToImmutable())], hasOneSize ? size : null) { LeftOut = records.Length - points.Count };
    }

    private static RecordedCurves OfTable(string[] lines, Func<Finding, Finding> ofFile)
    {
        var rows = lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).ToList();
        if (rows.Count == 0)
        {
            throw new InvalidInputException(ofFile(new Finding("which is empty")
            {
                Remedy = "a table has a line of column names, learning_rate and loss among them, and a row an update",
            }));
        }

        var findings = new List<Finding>();
        var columns = new Columns([.. TableLine.Split(rows[0].Item).Select(column => column.Trim())], findings);
        var runs = new List<(string Run, ImmutableArray<RangePoint>.Builder Points)>();
        if (findings.Count == 0)
        {
            foreach (var (index, line) in rows.Skip(1))
            {
                Add(runs, columns, [.. TableLine.Split(line).Select(cell => cell.Trim())], $"line {index + 1}", findings);
                if (findings.Count > 0)
                {
                    break;
                }
            }
        }

        if (findings.Count == 0 && runs.Count == 0)
        {
            findings.Add("which has a line of column names, but no row; there must be one an update");
        }

        findings.AddRange(
            from run in runs
            where findings.Count == 0 && run.Points.Count < RangeTest.FewestUpdates
            let ofRun = columns.HasRuns ? $" of run {run.Run}" : ""
            select new Finding($"which has {run.Points.Count} rows{ofRun}; a range test needs at least {RangeTest.FewestUpdates}"));
        return findings.Count == 0
            ? new RecordedCurves([.. runs.Select(run => Curve(run.Points.ToImmutable()))], null)
            : throw new InvalidInputException([.. findings.Select(ofFile)]);
    }

    private static void Add(
        List<(string Run, ImmutableArray<RangePoint>.Builder Points)> runs,
        Columns columns,
        string[] cells,
        string where,
        List<Finding> findings)
    {
        if (columns.Read(cells, where, findings) is not var (run, iteration, rate, loss, accuracy))
        {
            return;
        }

        var index = runs.FindIndex(known => known.Run == run);
        if (index < 0)
        {
            index = runs.Count;
            runs.Add((run, ImmutableArray.CreateBuilder<RangePoint>()));
        }

        var points = runs[index].Points;
        if (points.Count > 0 && rate <= points[^1].LearningRate)
        {
            var before = ExactNumber.Text(points[^1].LearningRate);
            findings.Add(
                new Finding($"the learning rate {ExactNumber.Text(rate)} is not above {before}, that of the row before")
                {
                    Place = where,
                    Remedy = "the rates of a range test rise"
                        + $"{(columns.HasRuns ? "" : ", and several runs are told apart by a column run")}",
                });
        }
        else if (points.Count > 0 && iteration <= points[^1].Update)
        {
            findings.Add(new Finding($"iteration {iteration} does not come after {points[^1].Update}, that of the row before")
            {
                Place = where,
                Remedy = "rows stand in the order of their updates",
            });
        }
        else
        {
            points.Add(new RangePoint(iteration ?? points.Count + 1, rate, loss, accuracy));
        }
    }

    private static RangeCurve Curve(ImmutableArray<RangePoint> points) =>
        new(points, double.IsFinite(points[^1].Loss) ? RangeEnd.Completed : RangeEnd.NonFinite);

    /// <summary>Where the columns of a table stand.</summary>
    private sealed class Columns
    {
        private readonly int? _rate;
        private readonly int? _loss;
        private readonly int? _accuracy;
        private readonly int? _iteration;
        private readonly int? _run;

        internal Columns(string[] names, List<Finding> findings)
        {
            int? Find(string wanted, bool isNeeded)
            {
                var found = names.Index().Where(name => name.Item == wanted).ToList();
                if (found.Count > 1)
                {
                    findings.Add(new Finding($"which has {found.Count} columns '{wanted}'") { Remedy = "give one of them another name" });
                }
                else if (found.Count == 0 && isNeeded)
                {
                    var shown = string.Join(", ", names.Select(Shortened));
                    findings.Add(new Finding($"which has no column '{wanted}'; its columns are {shown}")
                    {
                        Remedy = $"give the one that holds it that name.{Suggestion.For(wanted, names)}",
                    });
                }

                return found.Count == 1 ? found[0].Index : null;
            }

            (_rate, _loss) = (Find("learning_rate", isNeeded: true), Find("loss", isNeeded: true));
            (_accuracy, _iteration) = (Find("accuracy", isNeeded: false), Find("iteration", isNeeded: false));
            _run = Find("run", isNeeded: false);
        }

        internal bool HasRuns => _run is not null;

        internal (string Run, long? Iteration, double Rate, double Loss, double? Accuracy)? Read(
            string[] cells, string where, List<Finding> findings)
        {
            string Cell(int? column) => column is { } index && index < cells.Length ? cells[index] : "";
            void Add(string sentence) => findings.Add(new Finding(sentence) { Place = where });
            var (rate, loss, accuracy) = (Cell(_rate), Cell(_loss), Cell(_accuracy));
            if (!WrittenNumber.TryRead(rate, out var rateValue) || rateValue is not (> 0 and <= double.MaxValue))
            {
                Add($"'{Shortened(rate)}' is no learning rate; there must be a finite number above 0");
            }

            if (!WrittenNumber.TryRead(loss, out var lossValue))
            {
                Add($"'{Shortened(loss)}' is no loss; there must be a number, such as 2.3026, inf or nan");
            }

            var accuracyValue = 0.0;
            if (accuracy.Length > 0 && (!WrittenNumber.TryRead(accuracy, out accuracyValue) || accuracyValue is not (>= 0 and <= 1)))
            {
                Add($"'{Shortened(accuracy)}' is no accuracy; there must be a share from 0 to 1, or nothing where it was not measured");
            }

            var iteration = 0L;
            if (_iteration is not null && !Whole(Cell(_iteration), out iteration))
            {
                Add($"'{Shortened(Cell(_iteration))}' is no iteration; there must be a whole number of at least 0");
            }

            long? number = _iteration is null ? null : iteration;
            double? share = accuracy.Length > 0 ? accuracyValue : null;
            return findings.Count > 0 ? null : (Cell(_run), number, rateValue, lossValue, share);
        }

        private static bool Whole(string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= 0;

        private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
    }
}
