using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Runs.RangeTests;

/// <summary>What a drawing shows of one variant; all points lie within the axes of the figure.</summary>
/// <param name="Name">What tells it from the others; empty where it is the only one.</param>
/// <param name="Losses">The losses as they were measured, of all runs, in the order of their rates.</param>
/// <param name="Smoothed">The mean of the smoothed losses, up to where it leaves the figure.</param>
/// <param name="Lowest">The lowest smoothed loss of all runs; empty where there is one run.</param>
/// <param name="Highest">The highest one, at the rates of <paramref name="Lowest"/>.</param>
/// <param name="Accuracy">The mean accuracy where it was measured; may be empty.</param>
/// <param name="Range">The answer; null where there is none.</param>
/// <remarks>Immutable. Two are equal only where they share their points.</remarks>
public sealed record RangeFigureVariant(
    string Name,
    ImmutableArray<(double X, double Y)> Losses,
    ImmutableArray<(double X, double Y)> Smoothed,
    ImmutableArray<(double X, double Y)> Lowest,
    ImmutableArray<(double X, double Y)> Highest,
    ImmutableArray<(double X, double Y)> Accuracy,
    RateRange? Range);

/// <summary>
/// What a drawing of a range test shows, whoever draws it: the loss over the rate, cut off a little above where it began, so that a loss
/// which diverges does not hide how it fell; and the accuracy where it was measured.
/// </summary>
/// <remarks>Immutable. Two figures are equal only where they share their variants.</remarks>
public sealed record RangeFigure
{
    // How much of the fall is shown of the rise after it, above the loss at the start.
    private const double RoomAbove = 0.3;

    // The noise of so many of the losses may be cut off at the bottom.
    private const double CutBelow = 0.01;

    private RangeFigure(
        string title,
        double start,
        double end,
        bool isLogarithmic,
        LossAxis loss,
        (double Low, double High)? accuracy,
        ImmutableArray<RangeFigureVariant> variants) =>
        (Title, Start, End, IsLogarithmic, LossLow, LossHigh, AccuracyAxis, Variants) =
            (title, start, end, isLogarithmic, loss.Low, loss.High, accuracy, variants);

    /// <summary>What was tested: network and data, or the file of a recorded curve, if they are known.</summary>
    public string Title { get; }

    /// <summary>The rate where the axis begins; above 0.</summary>
    public double Start { get; }

    /// <summary>The rate where it ends; above <see cref="Start"/>.</summary>
    public double End { get; }

    /// <summary>Whether equal distances on the axis of the rates are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Where the axis of the loss begins.</summary>
    public double LossLow { get; }

    /// <summary>Where it ends; above <see cref="LossLow"/>.</summary>
    public double LossHigh { get; }

    /// <summary>Where the axis of the accuracy begins and ends; null where it was not measured.</summary>
    public (double Low, double High)? AccuracyAxis { get; }

    /// <summary>What was tried.</summary>
    public ImmutableArray<RangeFigureVariant> Variants { get; }

    /// <summary>The figure of a range test.</summary>
    /// <param name="report">The range test.</param>
    /// <param name="isWhole">Whether the axis has all rates of the sweep; otherwise those that were reached.</param>
    /// <returns>The figure; null where no loss is finite.</returns>
    public static RangeFigure? Of(RangeTestReport report, bool isWhole = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Variants.All(variant => variant.Band is null))
        {
            return null;
        }

        var points = report.Variants.SelectMany(variant => variant.Runs).SelectMany(run => run.Curve.Points).ToList();
        var (start, end) = (points.Min(point => point.LearningRate), points.Max(point => point.LearningRate));
        if (isWhole && report.Test is { } test)
        {
            (start, end) = (Math.Min(start, test.StartLr), Math.Max(end, test.EndLr));
        }

        (start, end) = end > start ? (start, end) : (start / 2, start * 2);
        var loss = LossAxis.Of(
            [.. report.Variants.Select(variant => variant.Band).OfType<RangeBand>()],
            [.. points.Select(point => point.Loss).Where(double.IsFinite)]);
        return new RangeFigure(
            TitleOf(report),
            start,
            end,
            report.Test?.Spacing != RangeSpacing.Linear,
            loss,
            AccuracyAxisOf([.. points.Select(point => point.Accuracy).OfType<double>()]),
            [.. report.Variants.Select(variant => Draw(report.NameOf(variant), variant, loss))]);
    }

    private static string TitleOf(RangeTestReport report)
    {
        string? Setting(string name) => report.Settings.FirstOrDefault(setting => setting.Key == name).Value;
        return (report.Source, Setting("network"), Setting("data")) switch
        {
            ({ } source, _, _) => $"range test: {source}",
            (_, { } network, { } data) => $"range test: {network} on {data}",
            _ => "range test",
        };
    }

    private static (double Low, double High)? AccuracyAxisOf(IReadOnlyCollection<double> accuracies)
    {
        if (accuracies.Count == 0)
        {
            return null;
        }

        // Tenths, at least two of them.
        var (low, high) = (Math.Floor(10 * accuracies.Min()), Math.Ceiling(10 * accuracies.Max()));
        high = Math.Min(Math.Max(high, low + 2), 10);
        return (Math.Min(low, high - 2) / 10, high / 10);
    }

    private static RangeFigureVariant Draw(string name, MeasuredVariant variant, LossAxis axis)
    {
        var points = variant.Runs.SelectMany(run => run.Curve.Points).ToList();
        ImmutableArray<(double X, double Y)> losses =
        [
            .. from point in points
               where point.Loss >= axis.Low && point.Loss <= axis.High
               orderby point.LearningRate
               select (point.LearningRate, point.Loss),
        ];
        ImmutableArray<(double X, double Y)> accuracy =
        [
            .. points.Where(point => point.Accuracy is not null).GroupBy(point => point.LearningRate).OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Average(point => point.Accuracy ?? 0))),
        ];
        if (variant.Band is not { } band)
        {
            return new RangeFigureVariant(name, losses, [], [], [], accuracy, variant.Suggestion.Range);
        }

        var (lowest, highest) = band.Runs > 1 ? (axis.Cut(band.LearningRates, band.Low), band.High) : ([], []);
        return new RangeFigureVariant(
            name,
            losses,
            axis.Cut(band.LearningRates, band.Mean),
            lowest,
            // Where the lowest line was cut, the others have left the figure.
            [.. lowest.Select((point, i) => (point.X, Math.Clamp(highest[i], axis.Low, axis.High)))],
            accuracy,
            variant.Suggestion.Range);
    }

    private readonly record struct LossAxis(double Low, double High)
    {
        internal static LossAxis Of(IReadOnlyList<RangeBand> bands, List<double> losses)
        {
            losses.Sort();
            var lowest = bands.Min(band => band.Mean.Min());
            var start = bands.Max(band => band.Mean[..(band.Mean.IndexOf(band.Mean.Min()) + 1)].Max());

            // Where the loss rises from the start there is no fall to measure by.
            var room = Math.Max(RoomAbove * (start - lowest), 0.1 * Math.Abs(lowest));
            var high = Math.Clamp(losses[^1], start, start + room);
            var low = Math.Min(lowest, losses[(int)(CutBelow * losses.Count)]);
            high = high > low ? high : low + Math.Max(0.1 * Math.Abs(low), 1e-290);
            var margin = 0.04 * (high - low);
            return new LossAxis(low >= 0 ? Math.Max(low - margin, 0) : low - margin, high + margin);
        }

        /// <summary>The part of a line up to where it leaves the top for good, with the point at which it does.</summary>
        internal ImmutableArray<(double X, double Y)> Cut(ImmutableArray<double> rates, ImmutableArray<double> losses)
        {
            var points = ImmutableArray.CreateBuilder<(double X, double Y)>();
            var bottom = losses.IndexOf(losses.Min());
            for (var i = 0; i < rates.Length; i++)
            {
                if (i > bottom && losses[i] > High)
                {
                    var share = (High - losses[i - 1]) / (losses[i] - losses[i - 1]);
                    points.Add((rates[i - 1] + (share * (rates[i] - rates[i - 1])), High));
                    break;
                }

                points.Add((rates[i], Math.Clamp(losses[i], Low, High)));
            }

            return points.ToImmutable();
        }
    }
}
