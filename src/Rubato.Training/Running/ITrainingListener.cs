using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>Told of a run while it goes on, on the training thread. What it does is not part of the measured training step.</summary>
public interface ITrainingListener
{
    /// <summary>The run was set up and is about to begin.</summary>
    /// <param name="run">What will be run.</param>
    void OnStart(RunDescription run);

    /// <summary>A miniature run of the rehearsal has ended; before the start, since what they cost is taken off the run.</summary>
    /// <param name="record">Its rate, and what it came to.</param>
    void OnRehearsedRun(in RehearsedRunRecord record);

    /// <summary>The learning rate was found, before the first update; not called where it was given.</summary>
    /// <param name="record">The rate, and what it was found from.</param>
    void OnRehearsal(RehearsalRecord record);

    /// <summary>
    /// The range test that looks for the bounds of the learning rate has made an update; before the start, and none of the run's.
    /// </summary>
    /// <param name="record">The update.</param>
    void OnRangeUpdate(in RangeUpdateRecord record);

    /// <summary>
    /// A range test looked for the bounds of the learning rate, before the first update; not called where they were given.
    /// </summary>
    /// <param name="record">The bounds, or why there is no clear answer.</param>
    void OnRangeTest(RangeTestRecord record);

    /// <summary>
    /// The controller of the learning rate is in another phase, or more or less sure of its end; after the update by which that became
    /// known.
    /// </summary>
    /// <param name="record">The phase.</param>
    void OnPhase(in PhaseRecord record);

    /// <summary>An automatic warm-up ended.</summary>
    /// <param name="record">The rate, and what it was found from.</param>
    void OnAutoWarmup(AutoWarmupRecord record);

    /// <summary>An update was applied.</summary>
    /// <param name="record">The update.</param>
    void OnStep(in StepRecord record);

    /// <summary>Something happened between two updates: the guard went back to a snapshot.</summary>
    /// <param name="record">What happened.</param>
    void OnEvent(EventRecord record);

    /// <summary>An epoch, or the run in mid-epoch, was finished and evaluated.</summary>
    /// <param name="record">The epoch.</param>
    void OnEpoch(EpochRecord record);

    /// <summary>The run ended and its folder is complete.</summary>
    /// <param name="summary">What it came to.</param>
    void OnEnd(RunSummary summary);
}
