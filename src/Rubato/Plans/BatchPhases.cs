using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>
/// Batch sizes by the number of batches: <c>constant(128, 5000ba) then 256</c>, <c>table(0ba: 128, 5000ba: 256)</c> and
/// <c>multi-step(128, gamma 2, at 5000ba)</c> say themselves how many samples their batches are.
/// </summary>
internal static class BatchPhases
{
    /// <summary>The same schedule with such lengths in samples; others are left as they are.</summary>
    internal static Schedule InSamples(Schedule schedule) => schedule switch
    {
        Sequence sequence => new Sequence([.. sequence.Parts.Select(InSamples)]),
        Staged staged => new Staged([.. staged.Stages.Select(stage => stage with { Policy = InSamples(stage.Policy) })]),
        Constant { Length.Unit: TimeUnit.Batches } constant =>
            new Constant(constant.Value, Samples(constant.Length, constant.Length.Value * SizeOf(constant.Value))),
        Table { Interpolation: Interpolation.None } table when InBatches(table.Points.Select(point => point.At)) => InSamples(table),
        MultiStep steps when InBatches(steps.Milestones) => InSamples(steps),
        _ => schedule,
    };

    private static bool InBatches(IEnumerable<Duration> times) => times.All(time => time.Unit == TimeUnit.Batches);

    // A size that is no size is reported by the plan, once lengths are known.
    private static double SizeOf(double value) => Math.Max(Math.Round(value), 1);

    private static Duration Samples(Duration written, double samples) =>
        double.IsFinite(samples) ? Duration.Samples(samples) : throw Place.TooLong(written, TimeUnit.Samples);

    private static Table InSamples(Table table)
    {
        var points = ImmutableArray.CreateBuilder<TablePoint>(table.Points.Length);
        var (samples, batches, size) = (0.0, 0.0, SizeOf(table.Points[0].Value));
        foreach (var point in table.Points)
        {
            samples += (point.At.Value - batches) * size;
            (batches, size) = (point.At.Value, SizeOf(point.Value));
            points.Add(new TablePoint(Samples(point.At, samples), point.Value));
        }

        return new Table(points.ToImmutable());
    }

    // Values beyond all numbers have no table; the plan reports the size that stands for them.
    private static Schedule InSamples(MultiStep steps) =>
        !double.IsFinite(steps.Values[^1]) ? new Constant(double.MaxValue)
        : InSamples(new Table(
        [
            .. steps.Milestones[0].Value > 0 ? [new TablePoint(Duration.Batches(0), steps.Values[0])] : Array.Empty<TablePoint>(),
            .. steps.Milestones
                .Select((milestone, i) => new TablePoint(milestone, steps.Values[i + 1]))
                .GroupBy(point => point.At)
                .Select(points => points.Last()),
        ]));
}
