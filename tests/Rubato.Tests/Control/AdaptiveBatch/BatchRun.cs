using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>An adaptive batch beside measurements that are given.</summary>
internal static class BatchRun
{
    /// <summary>Five measurements are enough, and only the last one counts.</summary>
    internal static AdaptiveBatchSettings Quick { get; } = new() { Measurements = 5, Decay = 0 };

    /// <summary>A thousand samples, hence batches of up to a hundred, from ten on.</summary>
    internal static PlanSettings Plan { get; } = new()
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 1000,
        LearningRate = 0.5,
        BatchSize = 10,
        Momentum = 0.9,
        Groups = [new GroupSettings("head", LearningRate: 0.125)],
    };

    internal static AdaptiveBatch Controller(AdaptiveBatchSettings? settings = null, Schedule? rate = null) =>
        new(new TrainingPlan(rate is null ? Plan : Plan with { LearningRate = rate }), settings ?? Quick);

    /// <summary>What each update is made with, and the one after the last; with the state that is left.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="noiseScales">What each update measures, of a squared norm of 1; NaN for no measurement.</param>
    internal static (List<HyperParameters> Applied, AdaptiveBatchState State) Of(Controller controller, params IEnumerable<double> noiseScales)
    {
        var (progress, state) = (default(Progress), controller.InitialState);
        var applied = new List<HyperParameters>();
        foreach (var scale in noiseScales)
        {
            applied.Add(controller.Decide(progress, state));
            progress = new Progress(progress.Updates + 1, progress.Samples + applied[^1].BatchSize);
            state = controller.Observe(
                new Observation(progress, applied[^1], 1) { Noise = double.IsNaN(scale) ? null : new GradientNoise(1, scale) }, state);
        }

        applied.Add(controller.Decide(progress, state));
        return (applied, (AdaptiveBatchState)state);
    }

    /// <summary>The batch after as many equal measurements as are enough, each time with another noise scale.</summary>
    internal static long[] Batches(Controller controller, params double[] noiseScales)
    {
        const int Enough = 5;
        var applied = Of(controller, noiseScales.SelectMany(scale => Enumerable.Repeat(scale, Enough))).Applied;
        return [.. applied.Where((_, update) => update % Enough == 0).Select(values => values.BatchSize)];
    }
}
