using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>Tells two listeners, in order.</summary>
/// <param name="first">Told first.</param>
/// <param name="second">Told next.</param>
public sealed class ListenerPair(Listener first, Listener second) : Listener
{
    /// <inheritdoc/>
    public override void OnStep(in StepRecord record)
    {
        first.OnStep(record);
        second.OnStep(record);
    }

    /// <inheritdoc/>
    public override void OnEvent(TrainingEvent happened)
    {
        first.OnEvent(happened);
        second.OnEvent(happened);
    }
}
