using Rubato.RangeTests;

namespace Rubato.Training.RangeTests;

/// <summary>Told of a range test while it goes on, on the thread that trains.</summary>
public interface IRangeTestListener
{
    /// <summary>The test was set up and is about to begin.</summary>
    /// <param name="description">What will be run.</param>
    void OnStart(RangeTestDescription description);

    /// <summary>A run begins.</summary>
    /// <param name="run">Which, from 1, over all variants and repeats.</param>
    /// <param name="momentum">Its momentum; null where the optimizer has none.</param>
    /// <param name="weightDecay">Its weight decay.</param>
    /// <param name="seed">Its seed.</param>
    void OnRun(int run, Schedule? momentum, Schedule weightDecay, long seed);

    /// <summary>An update was made, or its loss was not finite.</summary>
    /// <param name="point">What was measured.</param>
    /// <param name="smoothedLoss">The average that decides about the end of the run.</param>
    void OnPoint(in RangePoint point, double smoothedLoss);

    /// <summary>A run has ended.</summary>
    /// <param name="curve">What it measured.</param>
    void OnRunEnd(RangeCurve curve);
}
