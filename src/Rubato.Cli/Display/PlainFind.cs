using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, a line where a run begins and one where it ends, and one whenever 10 seconds have passed
/// between them.
/// </summary>
internal sealed class PlainFind(TextWriter writer, TimeProvider time) : Listener
{
    private readonly PlainLines _lines = new(writer, time);
    private FindMeter? _meter;

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RangeTestDescription description:
                _meter = new FindMeter(description);
                _lines.Write(FindText.Start(description));
                break;
            case RangeRunBegun run when _meter is { } meter:
                meter.OnRun(run);
                _lines.Write(FindText.Run(meter));
                break;
            case RangePointMeasured measured when _meter is { } meter:
                meter.OnPoint(measured);
                if (_lines.IsDue)
                {
                    _lines.Write(FindText.Point(meter));
                }

                break;
            case RangeRunEnded run when _meter is { } meter:
                _lines.Write(FindText.RunEnd(meter, run.Curve));
                break;
        }
    }
}
