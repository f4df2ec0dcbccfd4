using Rubato.RangeTests;
using Rubato.Training.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, a line where a run begins and one where it ends, and one whenever 10 seconds have passed
/// between them.
/// </summary>
internal sealed class PlainFind(TextWriter writer, TimeProvider time) : IRangeTestListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private FindMeter? _meter;
    private long _lastLine;

    public void OnStart(RangeTestDescription description)
    {
        _meter = new FindMeter(description);
        Write(FindText.Start(description));
    }

    public void OnRun(int run, Schedule? momentum, Schedule weightDecay, long seed)
    {
        if (_meter is { } meter)
        {
            meter.OnRun(run, momentum, weightDecay, seed);
            Write(FindText.Run(meter));
        }
    }

    public void OnPoint(in RangePoint point, double smoothedLoss)
    {
        if (_meter is { } meter)
        {
            meter.OnPoint(point, smoothedLoss);
            if (time.GetElapsedTime(_lastLine) >= Interval)
            {
                Write(FindText.Point(meter));
            }
        }
    }

    public void OnRunEnd(RangeCurve curve)
    {
        if (_meter is { } meter)
        {
            Write(FindText.RunEnd(meter, curve));
        }
    }

    private void Write(string text)
    {
        _lastLine = time.GetTimestamp();
        writer.WriteLine(text);
        writer.Flush();
    }
}
