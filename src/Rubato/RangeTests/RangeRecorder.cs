using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>Takes down one run of a range test, in a training loop of any kind: says the rate of the next update and whether there is one.</summary>
/// <remarks>
/// The loss that decides about the end is an average whose weights fall by e every fiftieth of the test, corrected for its start (Kingma and Ba 2014, section 3). Belongs to the
/// loop that uses it; not safe for use by several threads.
/// </remarks>
public sealed class RangeRecorder
{
    private readonly RangeTest _test;
    private readonly Schedule _schedule;
    private readonly ImmutableArray<RangePoint>.Builder _points = ImmutableArray.CreateBuilder<RangePoint>();
    private RunningAverage _average;
    private double _best = double.PositiveInfinity;
    private RangeEnd? _end;

    internal RangeRecorder(RangeTest test)
    {
        _test = test;
        _schedule = test.Schedule;
        _average = new RunningAverage(RunningAverage.UsualKeep(test.Iterations));
    }

    /// <summary>Whether the run has come to its end: all rates tried, or the loss beyond the threshold, or not finite.</summary>
    public bool IsOver => _end is not null;

    /// <summary>The rate of the next update; that of the last one where the run is over.</summary>
    public double LearningRate => _schedule.At(Math.Min(_points.Count, _test.Iterations - 1));

    /// <summary>How many updates are taken down.</summary>
    public long Iterations => _points.Count;

    /// <summary>The smoothed loss after the last update, which decides about the end; NaN before the first.</summary>
    public double SmoothedLoss => _average.Value;

    /// <summary>Takes down an update that was made with <see cref="LearningRate"/>.</summary>
    /// <param name="loss">The mean loss over its batch, before the update; may be non-finite, which ends the run.</param>
    /// <param name="accuracy">The share of held-out examples that are right after it, 0..1; null where it was not measured.</param>
    /// <exception cref="InvalidOperationException">The run is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is out of its range.</exception>
    public void Add(double loss, double? accuracy = null)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("The run of the range test is over; no update can be added.");
        }

        if (accuracy is not (null or (>= 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "accuracy must be at least 0 and at most 1.");
        }

        _points.Add(new RangePoint(_points.Count + 1, LearningRate, loss, accuracy));
        if (!double.IsFinite(loss))
        {
            _end = RangeEnd.NonFinite;
            return;
        }

        _best = Math.Min(_best, _average.Add(loss));
        _end = SmoothedLoss > _test.DivergeThreshold * _best && _best > 0 ? RangeEnd.Diverged
            : _points.Count == _test.Iterations ? RangeEnd.Completed
            : null;
    }

    /// <summary>What was taken down so far; its end is <see cref="RangeEnd.Interrupted"/> where the run is not over.</summary>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidOperationException">No update was taken down.</exception>
    public RangeCurve ToCurve() => _points.Count > 0
        ? new RangeCurve(_points.ToImmutable(), _end ?? RangeEnd.Interrupted)
        : throw new InvalidOperationException("No update of the range test was taken down yet.");
}
