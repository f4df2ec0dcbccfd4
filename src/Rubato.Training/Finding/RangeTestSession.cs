using System.Collections.Immutable;
using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Training.Running;
using Rubato.Training.Setup;

namespace Rubato.Training.Finding;

/// <summary>A range test from settings to an answer. Nothing is written.</summary>
public static class RangeTestSession
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of it while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends it after the update in progress; the outcome holds what was measured.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once.</exception>
    /// <exception cref="TorchException">The engine failed, e.g. for lack of memory.</exception>
    public static RangeTestOutcome Run(FindSettings settings, IRangeTestListener listener, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        var findings = FindSettingsValidator.FindingsIn(settings);
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        var trainings = FindSettingsValidator.Variants(settings).ToArray();
        return Engine.Run("range test", () =>
        {
            var first = ResolvedRun.From(trainings[0]);
            return new Session(settings, first, [first, .. trainings.Skip(1).Select(first.Like)], listener, time).Run(cancellation);
        });
    }

    private sealed class Session(FindSettings settings, ResolvedRun first, ImmutableArray<ResolvedRun> runs, IRangeTestListener listener, TimeProvider time)
    {
        private readonly ResolvedSweep _sweep = ResolvedSweep.From(settings, first);
        private readonly long _batchSize = first.Plan.At(0).BatchSize;
        private int _begun;
        private long _samples;

        internal RangeTestOutcome Run(CancellationToken cancellation)
        {
            var start = time.GetTimestamp();
            var variants = ImmutableArray.CreateBuilder<RangeVariant>();
            foreach (var run in runs)
            {
                if (Curves(run, cancellation) is { Length: > 0 } curves)
                {
                    variants.Add(new RangeVariant(
                        run.Settings.Momentum,
                        run.Settings.WeightDecay ?? "",
                        curves,
                        RangeSuggestion.Of(curves, settings.Suggestion with { BatchSize = _batchSize })));
                }
            }

            return new RangeTestOutcome(
                _sweep.Test,
                variants.ToImmutable(),
                cancellation.IsCancellationRequested && !IsComplete(variants),
                settings.Training with
                {
                    Momentum = settings.Training.Momentum ?? first.Settings.Momentum,
                    WeightDecay = settings.Training.WeightDecay ?? first.Settings.WeightDecay,
                    Threads = first.Threads,
                    Device = first.Device.ToString(),
                },
                _batchSize,
                first.Data.Train.Count,
                _sweep.HeldOut,
                _samples,
                time.GetElapsedTime(start).TotalSeconds);
        }

        private bool IsComplete(ImmutableArray<RangeVariant>.Builder variants) =>
            variants.Sum(variant => variant.Runs.Length) == runs.Length * settings.Repeats && variants[^1].Runs[^1].End != RangeEnd.Interrupted;

        private ImmutableArray<RangeCurve> Curves(ResolvedRun run, CancellationToken cancellation)
        {
            var curves = ImmutableArray.CreateBuilder<RangeCurve>();
            for (var repeat = 0; repeat < settings.Repeats; repeat++)
            {
                // An interruption before the first run still tells what was set up.
                if (_begun > 0 && cancellation.IsCancellationRequested)
                {
                    break;
                }

                var seed = unchecked(run.Settings.Seed + repeat);
                if (Curve(run with { Settings = run.Settings with { Seed = seed } }, cancellation) is { } curve)
                {
                    curves.Add(curve);
                }
            }

            return curves.ToImmutable();
        }

        private RangeCurve? Curve(ResolvedRun run, CancellationToken cancellation)
        {
            using var parts = new RunParts(run, time);
            if (_begun++ == 0)
            {
                listener.OnStart(Description(parts.Parameters));
            }

            listener.OnRun(_begun, run.Settings.Momentum, run.Settings.WeightDecay ?? "", run.Settings.Seed);
            var swept = parts.Sweep(run, _sweep, (point, smoothed) => listener.OnPoint(point, smoothed), cancellation);
            _samples += swept.Samples;
            if (swept.Curve is { } curve)
            {
                listener.OnRunEnd(curve);
            }

            return swept.Curve;
        }

        private RangeTestDescription Description(long parameters) => new(
            _sweep.Test,
            runs.Length * settings.Repeats,
            first.Settings.Data,
            first.Data.Train.Count,
            _sweep.HeldOut,
            first.Settings.Network,
            parameters,
            first.Settings.Optimizer,
            _batchSize,
            first.Device.ToString(),
            first.Threads);
    }
}
