using System.Collections.Immutable;
using Rubato.RangeTests;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.RangeTests;

/// <summary>A range test from settings to an answer. Nothing is written.</summary>
internal static class RangeTestSession
{
    /// <summary>Runs a range test.</summary>
    /// <param name="trial">The trainings to compare, and the sweep.</param>
    /// <param name="listener">Told of the test while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends the test after the update in progress; the outcome holds the measurements so far.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidInputException">The data do not fit the network or the settings; all findings at once.</exception>
    /// <exception cref="TorchException">The engine failed, e.g. for lack of memory.</exception>
    public static RangeTestOutcome Run(RangeTrial trial, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        return Engine.Run("range test", () => new Session(trial, listener, time).Run(cancellation));
    }

    private sealed class Session(RangeTrial trial, Listener listener, TimeProvider time)
    {
        private readonly TrainingTask _first = trial.Tasks[0];
        private readonly Sweep _sweep = trial.Sweep;
        private readonly long _batchSize = trial.Tasks[0].Plan.At(0).BatchSize;
        private int _begun;
        private bool _isInterrupted;
        private long _samples;

        internal RangeTestOutcome Run(CancellationToken cancellation)
        {
            var start = time.GetTimestamp();
            var variants = ImmutableArray.CreateBuilder<RangeVariant>();
            foreach (var run in trial.Tasks)
            {
                if (Curves(run, cancellation) is { Length: > 0 } curves)
                {
                    variants.Add(new RangeVariant(
                        run.Momentum,
                        run.Plan.Settings.WeightDecay,
                        curves,
                        RangeSuggestion.Of(curves, trial.Suggestion with { BatchSize = _batchSize, Margin = run.RangeMargin })));
                }
            }

            return new RangeTestOutcome(
                _sweep.Test,
                variants.ToImmutable(),
                _isInterrupted && !IsComplete(variants),
                _batchSize,
                _first.Subject.TrainCount,
                _sweep.HeldOut,
                _samples,
                time.GetElapsedTime(start).TotalSeconds);
        }

        private bool IsComplete(ImmutableArray<RangeVariant>.Builder variants) =>
            variants.Sum(variant => variant.Runs.Length) == trial.Tasks.Length * trial.Repeats
            && variants[^1].Runs[^1].End != RangeEnd.Interrupted;

        private ImmutableArray<RangeCurve> Curves(TrainingTask run, CancellationToken cancellation)
        {
            var curves = ImmutableArray.CreateBuilder<RangeCurve>();
            for (var repeat = 0; repeat < trial.Repeats; repeat++)
            {
                // An interruption before the first run still tells what was set up.
                if (_begun > 0 && (_isInterrupted || (run.Peers.Size == 1 && cancellation.IsCancellationRequested)))
                {
                    break;
                }

                var seed = unchecked(run.Seed + repeat);
                if (Curve(run with { Seed = seed }, cancellation) is { } curve)
                {
                    curves.Add(curve);
                }
            }

            return curves.ToImmutable();
        }

        private RangeCurve? Curve(TrainingTask run, CancellationToken cancellation)
        {
            using var parts = new RunParts(run, time);
            SingleSamples.RequireOfSweep(run, parts.Training);
            if (_begun++ == 0)
            {
                listener.OnEvent(Description(parts));
            }

            listener.OnEvent(new RangeRunBegun(_begun, run.Momentum, run.Plan.Settings.WeightDecay, run.Seed));
            var agreed = parts.Team.Agree(cancellation);
            var swept = parts.Sweep(
                run, _sweep, (point, smoothed) => listener.OnEvent(new RangePointMeasured(point, smoothed)), agreed);
            _isInterrupted = agreed.IsCancellationRequested;
            _samples += swept.Samples;
            if (swept.Curve is { } curve)
            {
                listener.OnEvent(new RangeRunEnded(curve));
            }

            return swept.Curve;
        }

        private RangeTestDescription Description(RunParts parts) => new()
        {
            Test = _sweep.Test,
            Runs = trial.Tasks.Length * trial.Repeats,
            Data = _first.Names.Data,
            TrainSamples = _first.Subject.TrainCount,
            HeldOutSamples = _sweep.HeldOut,
            Network = _first.Names.Network,
            Parameters = parts.Parameters,
            Optimizer = _first.Names.Optimizer,
            BatchSize = _batchSize,
            Device = _first.Device.ToString(),
            Threads = _first.Threads,
            Notes = parts.Loaded?.Notes ?? [],
        };
    }
}
