using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>Reports how far a run has come to an <see cref="IProgress{T}"/>.</summary>
/// <remarks>
/// Reports are made on the thread that trains; <see cref="Progress{T}"/> hands them on to the thread that it was made on. Rehearsals and
/// range tests are not reported.
/// </remarks>
public sealed class ProgressListener : Listener
{
    private readonly IProgress<TrainingProgress> _progress;
    private readonly double _interval;
    private RunDescription? _run;
    private EpochRecord? _epoch;
    private StepRecord _last;
    private double _begin;
    private double _reported;

    /// <summary>A listener that reports.</summary>
    /// <param name="progress">Is told.</param>
    /// <param name="interval">
    /// The shortest time between two reports within an epoch, at least 0; null for a tenth of a second. Each end of an epoch is reported.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 0.</exception>
    public ProgressListener(IProgress<TrainingProgress> progress, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var shortest = interval ?? UsualInterval;
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, TimeSpan.Zero, nameof(interval));
        (_progress, _interval) = (progress, shortest.TotalSeconds);
    }

    /// <summary>The shortest time between two reports within an epoch, if nobody says.</summary>
    public static TimeSpan UsualInterval { get; } = TimeSpan.FromSeconds(0.1);

    /// <inheritdoc/>
    public override void OnStep(in StepRecord record)
    {
        _last = record;
        if (record.Seconds - _reported >= _interval)
        {
            Report(record.Seconds);
        }
    }

    /// <inheritdoc/>
    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RunDescription run:
                (_run, _epoch, _begin, _reported) = (run, null, 0, double.NegativeInfinity);
                break;
            case RehearsalRecord rehearsal:
                // The clock of a rehearsed run begins with its rehearsal.
                _begin = rehearsal.Seconds;
                break;
            case EpochRecord epoch:
                _epoch = epoch;
                Report(epoch.Seconds);
                break;
            default:
                break;
        }
    }

    private void Report(double seconds)
    {
        if (_run is not { } run)
        {
            return;
        }

        _reported = seconds;
        var share = Math.Min((double)_last.Samples / run.Samples, 1);
        var elapsed = Math.Max(seconds - _begin, 0);
        _progress.Report(new TrainingProgress
        {
            Updates = _last.Step,
            TotalUpdates = run.GrowsBatch ? null : run.Updates,
            Share = share,
            Epoch = _last.Epoch,
            Epochs = run.Epochs,
            Loss = _last.Loss,
            LearningRate = _last.LearningRate,
            HeldOutLoss = Known(_epoch?.TestLoss),
            Accuracy = Known(_epoch?.TestAccuracy),
            Elapsed = TimeSpan.FromSeconds(elapsed),
            Remaining = Remaining(elapsed, share),
        });
    }

    // Not a number, or infinite, while the share is 0.
    private static TimeSpan? Remaining(double elapsed, double share) =>
        elapsed * (1 - share) / share is var seconds && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Known(double? value) => value is { } number && double.IsNaN(number) ? null : value;
}
