using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, an epoch each if they are slow, an event each, and a line whenever 10 seconds have passed
/// since the last one. The clock is that of the records.
/// </summary>
internal sealed class PlainDisplay(TextWriter writer) : Listener
{
    private static readonly double Interval = PlainLines.Interval.TotalSeconds;
    private RunDescription? _run;
    private RunMeter? _meter;
    private readonly EpochLines _epochs = new();
    private bool _isRehearsed;
    private double _lastLine;

    public override void OnStep(in StepRecord record)
    {
        if (_run is null || _meter is null)
        {
            return;
        }

        _meter.OnStep(record);
        if (record.Seconds - _lastLine >= Interval)
        {
            _lastLine = record.Seconds;
            Write(TrainingText.Step(_meter, _run));
        }
    }

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RunDescription run:
                (_run, _meter) = (run, new RunMeter(run));
                Write(_isRehearsed ? TrainingText.AfterRehearsal(run) : TrainingText.Start(run));
                break;
            case RehearsalBegins rehearsal:
                _isRehearsed = true;
                Write(TrainingText.Start(rehearsal));
                break;
            case RehearsedRunRecord rehearsed:
                Write(TrainingText.RehearsedRun(rehearsed));
                break;
            case RehearsalRecord rehearsal:
                Write(TrainingText.Rehearsal(rehearsal));
                break;
            case RangeUpdateRecord update when update.Seconds - _lastLine >= Interval:
                _lastLine = update.Seconds;
                Write(TrainingText.RangeUpdate(update));
                break;
            case RangeTestRecord test:
                // The clock of the run begins anew.
                _lastLine = 0;
                Write(TrainingText.RangeTest(test));
                break;
            case RunResumed resumed:
                _meter?.OnResumed(resumed);
                Write(TrainingText.Resumed(resumed));
                break;
            case SavingTrouble trouble:
                Write(TrainingText.Trouble(trouble));
                break;
            case PhaseRecord phase:
                _meter?.OnPhase(phase);
                break;
            case AutoWarmupRecord warmup:
                Write(WarmupText.Decision(warmup));
                break;
            case EventRecord { Kind: not (EventKind.AutoWarmup or EventKind.Resume) } record:
                Write(TrainingText.Event(record));
                break;
            case EpochRecord epoch when _run is { } run && _meter is { } meter:
                if (_epochs.Take(epoch, run))
                {
                    _lastLine = epoch.Seconds;
                    Write(TrainingText.Epoch(epoch, run, meter.SamplesPerSecond));
                }

                meter.OnEpoch(epoch);
                break;
        }
    }

    private void Write(string text)
    {
        writer.WriteLine(text);
        writer.Flush();
    }
}
