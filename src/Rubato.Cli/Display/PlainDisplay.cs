using Rubato.Runs.Records;
using Rubato.Training.Running;

namespace Rubato.Cli.Display;

/// <summary>
/// Whole lines for a file or a pipe: the start, an epoch each, an event each, and a line whenever 10 seconds have passed since the last
/// one. The clock is that of the records.
/// </summary>
internal sealed class PlainDisplay(TextWriter writer) : ITrainingListener
{
    private const double Interval = 10;
    private RunDescription? _run;
    private RunMeter? _meter;
    private double _lastLine;

    public void OnStart(RunDescription run)
    {
        _run = run;
        _meter = new RunMeter(run);
        writer.WriteLine(TrainingText.Start(run));
        writer.Flush();
    }

    public void OnRehearsedRun(in RehearsedRunRecord record)
    {
        writer.WriteLine(TrainingText.RehearsedRun(record));
        writer.Flush();
    }

    public void OnRehearsal(RehearsalRecord record)
    {
        writer.WriteLine(TrainingText.Rehearsal(record));
        writer.Flush();
    }

    public void OnRangeUpdate(in RangeUpdateRecord record)
    {
        if (record.Seconds - _lastLine >= Interval)
        {
            _lastLine = record.Seconds;
            writer.WriteLine(TrainingText.RangeUpdate(record));
            writer.Flush();
        }
    }

    public void OnRangeTest(RangeTestRecord record)
    {
        // The clock of the run begins anew.
        _lastLine = 0;
        writer.WriteLine(TrainingText.RangeTest(record));
        writer.Flush();
    }

    public void OnPhase(in PhaseRecord record) => _meter?.OnPhase(record);

    public void OnAutoWarmup(AutoWarmupRecord record)
    {
        writer.WriteLine(WarmupText.Decision(record));
        writer.Flush();
    }

    public void OnStep(in StepRecord record)
    {
        if (_run is null || _meter is null)
        {
            return;
        }

        _meter.OnStep(record);
        if (record.Seconds - _lastLine >= Interval)
        {
            _lastLine = record.Seconds;
            writer.WriteLine(TrainingText.Step(_meter, _run));
            writer.Flush();
        }
    }

    public void OnEvent(EventRecord record)
    {
        writer.WriteLine(TrainingText.Event(record));
        writer.Flush();
    }

    public void OnEpoch(EpochRecord record)
    {
        if (_run is null || _meter is null)
        {
            return;
        }

        _lastLine = record.Seconds;
        writer.WriteLine(TrainingText.Epoch(record, _run, _meter.SamplesPerSecond));
        writer.Flush();
        _meter.OnEpoch(record);
    }

    public void OnEnd(RunSummary summary)
    {
    }
}
