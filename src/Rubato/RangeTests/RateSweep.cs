using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>
/// One run of a range test, in a training loop of any kind: says the rate of each update, is told its loss, and reads the answer off.
/// </summary>
/// <remarks>
/// <code>
/// var sweep = new RangeTest(1e-4, 100, updates: 300).Start();
/// while (sweep.TryNext(out var rate))
/// {
///     sweep.Report(Train(rate, batch: 32));
/// }
///
/// var found = sweep.Suggest();                    // found.Range, or found.Reason why there is none
/// </code>
/// The loss that decides about the end is an average whose weights fall by e every fiftieth of the test, corrected for its start (Kingma
/// and Ba 2014, section 3). The loop puts network and optimizer back afterwards. Not safe for use by several threads.
/// </remarks>
public sealed class RateSweep
{
    private readonly RangeTest _test;
    private readonly Schedule _schedule;
    private readonly ImmutableArray<RangePoint>.Builder _points = ImmutableArray.CreateBuilder<RangePoint>();
    private RunningAverage _average;
    private double _best = double.PositiveInfinity;
    private RangeEnd? _end;
    private bool _isAsked;

    internal RateSweep(RangeTest test)
    {
        _test = test;
        _schedule = test.Schedule;
        _average = new RunningAverage(RunningAverage.UsualKeep(test.Updates));
    }

    /// <summary>Whether the run has come to its end: all rates tried, or the loss beyond the threshold, or not finite.</summary>
    public bool IsOver => _end is not null;

    /// <summary>The rate of the next update; that of the last one if the run is over.</summary>
    public double Next
    {
        get
        {
            _isAsked = true;
            return Rate;
        }
    }

    /// <summary>How many updates were reported.</summary>
    public long Updates => _points.Count;

    /// <summary>The smoothed loss after the last update, which decides about the end; NaN before the first.</summary>
    public double SmoothedLoss => _average.Value;

    private double Rate => _schedule.At(Math.Min(_points.Count, _test.Updates - 1));

    /// <summary>The rate of the next update, if there is one.</summary>
    /// <param name="rate">The rate; 0 if the run is over.</param>
    /// <returns>False if the run is over.</returns>
    public bool TryNext(out double rate)
    {
        rate = IsOver ? 0 : Next;
        return !IsOver;
    }

    /// <summary>Takes down an update that was made with the rate of <see cref="Next"/>.</summary>
    /// <param name="loss">The mean loss over its batch, before the update; may be non-finite, which ends the run.</param>
    /// <param name="accuracy">The share of held-out examples that are right after it, 0..1; null if it was not measured.</param>
    /// <exception cref="InvalidOperationException">The run is over, or its rate was not asked for since the last report.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is out of its range.</exception>
    public void Report(double loss, double? accuracy = null)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("The run of the range test is over; no update can be added.");
        }

        if (!_isAsked)
        {
            throw new InvalidOperationException(
                "An update was reported, but its rate was not asked for; ask TryNext or Next for each update, and report each once.");
        }

        if (accuracy is not (null or (>= 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "accuracy must be at least 0 and at most 1.");
        }

        _points.Add(new RangePoint(_points.Count + 1, Rate, loss, accuracy));
        _isAsked = false;
        if (!double.IsFinite(loss))
        {
            _end = RangeEnd.NonFinite;
            return;
        }

        _best = Math.Min(_best, _average.Add(loss));
        _end = SmoothedLoss > _test.DivergeThreshold * _best && _best > 0 ? RangeEnd.Diverged
            : _points.Count == _test.Updates ? RangeEnd.Completed
            : null;
    }

    /// <summary>What was reported so far; its end is <see cref="RangeEnd.Interrupted"/> if the run is not over.</summary>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidOperationException">No update was reported.</exception>
    public RangeCurve ToCurve() => _points.Count > 0
        ? new RangeCurve(_points.ToImmutable(), _end ?? RangeEnd.Interrupted)
        : throw new InvalidOperationException("No update of the range test was taken down yet.");

    /// <summary>Reads the answer off the curve of this run alone.</summary>
    /// <param name="settings">How; the usual rule if it is left out.</param>
    /// <returns>The rates, or why there is no clear answer.</returns>
    /// <exception cref="InvalidOperationException">No update was reported.</exception>
    /// <exception cref="ArgumentException">There is no rule of that name.</exception>
    public RangeSuggestion Suggest(RangeSuggestionSettings? settings = null) =>
        RangeSuggestion.Of([ToCurve()], settings ?? new RangeSuggestionSettings());
}
