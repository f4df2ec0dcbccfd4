using Rubato.Runs.Records;
using Rubato.Training.Running;

namespace Rubato.Cli.Display;

/// <summary>Tells two listeners, in order.</summary>
internal sealed class ListenerPair(ITrainingListener first, ITrainingListener second) : ITrainingListener
{
    public void OnStart(RunDescription run)
    {
        first.OnStart(run);
        second.OnStart(run);
    }

    public void OnRehearsedRun(in RehearsedRunRecord record)
    {
        first.OnRehearsedRun(record);
        second.OnRehearsedRun(record);
    }

    public void OnRehearsal(RehearsalRecord record)
    {
        first.OnRehearsal(record);
        second.OnRehearsal(record);
    }

    public void OnRangeUpdate(in RangeUpdateRecord record)
    {
        first.OnRangeUpdate(record);
        second.OnRangeUpdate(record);
    }

    public void OnRangeTest(RangeTestRecord record)
    {
        first.OnRangeTest(record);
        second.OnRangeTest(record);
    }

    public void OnPhase(in PhaseRecord record)
    {
        first.OnPhase(record);
        second.OnPhase(record);
    }

    public void OnAutoWarmup(AutoWarmupRecord record)
    {
        first.OnAutoWarmup(record);
        second.OnAutoWarmup(record);
    }

    public void OnStep(in StepRecord record)
    {
        first.OnStep(record);
        second.OnStep(record);
    }

    public void OnEvent(EventRecord record)
    {
        first.OnEvent(record);
        second.OnEvent(record);
    }

    public void OnEpoch(EpochRecord record)
    {
        first.OnEpoch(record);
        second.OnEpoch(record);
    }

    public void OnEnd(RunSummary summary)
    {
        first.OnEnd(summary);
        second.OnEnd(summary);
    }
}
