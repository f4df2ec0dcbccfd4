using Rubato.Control;
using Rubato.Schedules;

namespace Rubato.Tests.Control;

/// <summary>A controller beside losses that are a function of update and rate.</summary>
internal static class WarmupRun
{
    /// <summary>Batches of ten samples; epochs of so many updates.</summary>
    internal static TrainingPlan Plan(int epochs, int updatesPerEpoch) => new(new PlanSettings
    {
        Length = Duration.Epochs(epochs),
        SamplesPerEpoch = 10L * updatesPerEpoch,
        LearningRate = 1,
        BatchSize = 10,
        Momentum = new Linear(0.5, 0.9),
        WeightDecay = 5e-4,
    });

    /// <summary>Runs to the end of the plan, or to an update, from a state on.</summary>
    internal static (AutoWarmupState State, List<HyperParameters> Applied) Of(
        AutoWarmup controller, Func<long, double, double> loss, ControllerState? from = null, long begin = 0, long end = long.MaxValue)
    {
        var state = from ?? controller.InitialState;
        var applied = new List<HyperParameters>();
        var progress = new Progress(begin, 10 * begin);
        while (!controller.Plan.IsOver(progress.Samples) && progress.Updates < end)
        {
            var values = controller.Decide(progress, state);
            applied.Add(values);
            var update = progress.Updates;
            progress = new Progress(update + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss(update, values.LearningRate)), state);
        }

        return ((AutoWarmupState)state, applied);
    }

    /// <summary>Falls with the rates up to a critical one, and rises above it with each power of ten.</summary>
    internal static Func<long, double, double> Valley(double critical, double noise, long seed, double rise = 2) => (update, rate) =>
    {
        var random = new CounterRandom(seed, 5, update);
        return 2.3 - (0.25 * Math.Log10(Math.Min(rate, critical) / 1e-5)) + (rise * Math.Max(Math.Log10(rate / critical), 0)) + (noise * random.NextNormal());
    };
}
