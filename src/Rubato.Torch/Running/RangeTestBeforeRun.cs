using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>The range test that finds the bounds of a run's learning rate before its first update.</summary>
internal static class RangeTestBeforeRun
{
    /// <summary>
    /// Makes it on the run's own network and optimizer, which are put back, and tells its curve, also if it was interrupted.
    /// </summary>
    /// <param name="asked">The run; the rates of its plan are shares of the upper bound.</param>
    /// <param name="sweep">The test.</param>
    /// <param name="parts">The network and the optimizer that are tried.</param>
    /// <param name="listener">Told of each update, of the curve, and of the answer.</param>
    /// <param name="elapsed">Seconds since the test began.</param>
    /// <param name="cancellation">Ends it after the update in progress.</param>
    /// <returns>
    /// The run with the bounds that were found, or the run as it was asked for if there is no clear answer. Beside it the record; null if
    /// the test was interrupted.
    /// </returns>
    internal static (TrainingTask Run, RangeTestRecord? Record) Run(
        TrainingTask asked,
        Sweep sweep,
        RunParts parts,
        Listener listener,
        Func<double> elapsed,
        CancellationToken cancellation)
    {
        var swept = parts.Sweep(asked, sweep, Tell, cancellation);
        if (swept.Curve is not { } curve)
        {
            return (asked, null);
        }

        var batchSize = asked.Plan.At(0).BatchSize;
        var how = new RangeSuggestionSettings { BatchSize = batchSize, Margin = asked.RangeMargin };
        var found = RangeSuggestion.Of([curve], how);
        var measured = MeasuredRun.Of(curve, how.Smoothing ?? new GaussianProcessSmoothing());
        listener.OnEvent(new RangeTestMeasured(new RangeTestReport
        {
            Variants = [new MeasuredVariant(asked.Momentum?.ToString(), $"{asked.Plan.Settings.WeightDecay}", [measured], found)],
            Test = sweep.Test,
            BaseDivisor = how.BaseDivisor,
            BatchSize = batchSize,
        }));
        if (curve.End == RangeEnd.Interrupted)
        {
            return (asked, null);
        }

        var (run, schedule) = found.Range is { } range ? asked.With(range) : (asked, (Schedule?)null);
        if (schedule is not null)
        {
            SingleSamples.RequireOfPlan(run, parts.Training);
        }

        var record = new RangeTestRecord
        {
            BaseLr = found.Range?.BaseLr,
            MaxLr = found.Range?.MaxLr,
            Rule = found.Rule,
            Confidence = found.Confidence,
            Reason = found.Reason,
            BatchSize = batchSize,
            Updates = curve.Points.Length,
            Samples = swept.Samples,
            Seconds = elapsed(),
            Schedule = schedule?.ToString(),
        };
        listener.OnEvent(record);
        return (run, record);

        void Tell(RangePoint point, double smoothed) =>
            listener.OnEvent(new RangeUpdateRecord(point.Update, sweep.Test.Updates, point.LearningRate, smoothed, elapsed()));
    }
}
