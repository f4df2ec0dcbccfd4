using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.RunCost;

/// <summary>Counts the seconds of updates, without evaluations and without the first updates of a run.</summary>
internal sealed class UpdateClock : Listener
{
    private const int First = 20;
    private double _before;

    /// <summary>The seconds of <see cref="Updates"/>.</summary>
    internal double Seconds { get; private set; }

    /// <summary>The updates that were counted.</summary>
    internal int Updates { get; private set; }

    public override void OnStep(in StepRecord record)
    {
        if (record.Step > First)
        {
            Seconds += record.Seconds - _before;
            Updates++;
        }

        _before = record.Seconds;
    }

    public override void OnEvent(TrainingEvent happened)
    {
        if (happened is EpochRecord epoch)
        {
            _before = epoch.Seconds;
        }
    }
}
