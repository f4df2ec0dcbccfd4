using Rubato.RangeTests;
using Rubato.Training.RangeTests;

namespace Rubato.Training.Tests.RangeTests;

/// <summary>Keeps what a range test tells.</summary>
internal sealed class ToldOfSweeps : IRangeTestListener
{
    internal RangeTestDescription? Description { get; private set; }

    internal List<(int Number, long Seed)> Runs { get; } = [];

    internal List<RangePoint> Points { get; } = [];

    internal List<RangeCurve> Curves { get; } = [];

    internal (int Run, int Iteration, CancellationTokenSource Source)? Cancels { get; init; }

    public void OnStart(RangeTestDescription description) => Description = description;

    public void OnRun(int run, Schedule? momentum, Schedule weightDecay, long seed) => Runs.Add((run, seed));

    public void OnPoint(in RangePoint point, double smoothedLoss)
    {
        Points.Add(point);
        if (Cancels is { } cancels && Runs.Count == cancels.Run && point.Update == cancels.Iteration)
        {
            cancels.Source.Cancel();
        }
    }

    public void OnRunEnd(RangeCurve curve) => Curves.Add(curve);
}
