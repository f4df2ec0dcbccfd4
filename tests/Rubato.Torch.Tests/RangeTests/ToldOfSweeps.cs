using Rubato.RangeTests;
using Rubato.Runs.Records;
using Rubato.Torch.RangeTests;

namespace Rubato.Torch.Tests.RangeTests;

/// <summary>Keeps what a range test tells.</summary>
internal sealed class ToldOfSweeps : Listener
{
    internal RangeTestDescription? Description { get; private set; }

    internal List<(int Number, long Seed)> Runs { get; } = [];

    internal List<RangePoint> Points { get; } = [];

    internal List<RangeCurve> Curves { get; } = [];

    internal (int Run, int Iteration, CancellationTokenSource Source)? Cancels { get; init; }

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RangeTestDescription description:
                Description = description;
                break;
            case RangeRunBegun run:
                Runs.Add((run.Run, run.Seed));
                break;
            case RangePointMeasured { Point: var point }:
                Points.Add(point);
                if (Cancels is { } cancels && Runs.Count == cancels.Run && point.Update == cancels.Iteration)
                {
                    cancels.Source.Cancel();
                }

                break;
            case RangeRunEnded run:
                Curves.Add(run.Curve);
                break;
        }
    }
}
