using Rubato.RangeTests;
using Rubato.Training.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class SilentFind : IRangeTestListener
{
    public void OnStart(RangeTestDescription description)
    {
    }

    public void OnRun(int run, Schedule? momentum, Schedule weightDecay, long seed)
    {
    }

    public void OnPoint(in RangePoint point, double smoothedLoss)
    {
    }

    public void OnRunEnd(RangeCurve curve)
    {
    }
}
