using Rubato.Runs.Records;
using Rubato.Training.Running;

namespace Rubato.RunCost;

/// <summary>Counts the seconds of updates, without evaluations and without the first updates of a run.</summary>
internal sealed class UpdateClock : ITrainingListener
{
    private const int First = 20;
    private double _before;

    /// <summary>The seconds of <see cref="Updates"/>.</summary>
    internal double Seconds { get; private set; }

    /// <summary>The updates that were counted.</summary>
    internal int Updates { get; private set; }

    public void OnStep(in StepRecord record)
    {
        if (record.Step > First)
        {
            Seconds += record.Seconds - _before;
            Updates++;
        }

        _before = record.Seconds;
    }

    public void OnEpoch(EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _before = record.Seconds;
    }

    public void OnStart(RunDescription run)
    {
    }

    public void OnRehearsedRun(in RehearsedRunRecord record)
    {
    }

    public void OnRehearsal(RehearsalRecord record)
    {
    }

    public void OnRangeUpdate(in RangeUpdateRecord record)
    {
    }

    public void OnRangeTest(RangeTestRecord record)
    {
    }

    public void OnPhase(in PhaseRecord record)
    {
    }

    public void OnAutoWarmup(AutoWarmupRecord record)
    {
    }

    public void OnEvent(EventRecord record)
    {
    }

    public void OnEnd(RunSummary summary)
    {
    }
}
