using Rubato.Runs.Records;
using Rubato.Training.Running;

namespace Rubato.Cli.Display;

/// <summary>Remembers where the run is kept, and shows nothing.</summary>
internal sealed class FolderListener : ITrainingListener
{
    /// <summary>The run folder; empty before the start.</summary>
    internal string Path { get; private set; } = "";

    public void OnStart(RunDescription run) => Path = run.Folder;

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

    public void OnStep(in StepRecord record)
    {
    }

    public void OnEvent(EventRecord record)
    {
    }

    public void OnEpoch(EpochRecord record)
    {
    }

    public void OnEnd(RunSummary summary)
    {
    }
}
