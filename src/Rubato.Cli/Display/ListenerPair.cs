using Rubato.Runs.Records;
using Rubato.Training;

namespace Rubato.Cli.Display;

/// <summary>Tells two listeners, in order.</summary>
internal sealed class ListenerPair(Listener first, Listener second) : Listener
{
    public override void OnStep(in StepRecord record)
    {
        first.OnStep(record);
        second.OnStep(record);
    }

    public override void OnEvent(TrainingEvent happened)
    {
        first.OnEvent(happened);
        second.OnEvent(happened);
    }
}
