using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>
/// Told of a run or a range test while it goes on, on the thread that trains. Its own time is not part of the measured training step.
/// Override the methods of interest; the others do nothing.
/// </summary>
public abstract class Listener
{
    /// <summary>Hears of everything and does nothing.</summary>
    public static Listener None { get; } = new Deaf();

    /// <summary>Several listeners as one.</summary>
    /// <param name="listeners">Told in this order.</param>
    /// <returns>The listener.</returns>
    public static Listener All(params ReadOnlySpan<Listener> listeners)
    {
        foreach (var listener in listeners)
        {
            ArgumentNullException.ThrowIfNull(listener, nameof(listeners));
        }

        return new Several([.. listeners]);
    }

    /// <summary>A listener of one kind of event, such as <c>Listener.Of&lt;EpochRecord&gt;(epoch =&gt; ...)</c>.</summary>
    /// <typeparam name="TEvent">The kind of event; see <see cref="OnEvent"/>.</typeparam>
    /// <param name="action">Called with each such event.</param>
    /// <returns>The listener.</returns>
    public static Listener Of<TEvent>(Action<TEvent> action)
        where TEvent : TrainingEvent
    {
        ArgumentNullException.ThrowIfNull(action);
        return new Acting<TEvent>(action);
    }

    /// <summary>An update was applied.</summary>
    /// <param name="record">The update.</param>
    public virtual void OnStep(in StepRecord record)
    {
    }

    /// <summary>
    /// Anything else happened. A run tells a <see cref="RunDescription"/> when it was set up, and a <see cref="RunSummary"/> when
    /// it has ended and its folder is complete. Before the start: <see cref="RehearsalBegins"/> if the rate is to be rehearsed, and a
    /// <see cref="RehearsedRunRecord"/> for each miniature run.
    /// Before the first update: a <see cref="RehearsalRecord"/> if the rate was rehearsed; a <see cref="RangeUpdateRecord"/> for each
    /// update of a range test, its curve as <see cref="RangeTestMeasured"/>, and its <see cref="RangeTestRecord"/>. Then
    /// <see cref="UpdatesBegin"/>. Between updates: an <see cref="EventRecord"/>, <see cref="NoiseMeasured"/>, a
    /// <see cref="PhaseRecord"/> if the controller's phase or its certainty has changed, an <see cref="AutoWarmupRecord"/> at the end
    /// of an automatic warm-up, and an <see cref="EpochRecord"/> when an epoch, or the run in mid-epoch, was evaluated; before it
    /// <see cref="BestReached"/> if that is the best one so far, and the best one is kept.
    /// <see cref="NetworkTrainer.FindRates"/> tells a <see cref="RangePointMeasured"/> for each update.
    /// Records have NaN for what was not measured, as files of a run folder do.
    /// </summary>
    /// <param name="happened">What happened.</param>
    public virtual void OnEvent(TrainingEvent happened)
    {
    }

    private sealed class Deaf : Listener;

    private sealed class Several(Listener[] listeners) : Listener
    {
        public override void OnStep(in StepRecord record)
        {
            foreach (var listener in listeners)
            {
                listener.OnStep(record);
            }
        }

        public override void OnEvent(TrainingEvent happened)
        {
            foreach (var listener in listeners)
            {
                listener.OnEvent(happened);
            }
        }
    }

    private sealed class Acting<TEvent>(Action<TEvent> action) : Listener
        where TEvent : TrainingEvent
    {
        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is TEvent awaited)
            {
                action(awaited);
            }
        }
    }
}
