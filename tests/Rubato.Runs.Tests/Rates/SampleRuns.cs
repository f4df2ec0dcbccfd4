using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Rates;

/// <summary>Logs of runs in batches of 100, whose effective rate is measured at every tenth update.</summary>
internal static class SampleRuns
{
    /// <summary>A learning rate of 0.5 and an effective rate that is halved with every measurement, from 1 times the factor on.</summary>
    public static StepRecord[] Halving(int updates, double factor = 1) =>
        [.. Enumerable.Range(1, updates).Select(step => Step(step, 0.5) with { EffectiveRate = step % 10 == 1 ? factor * Math.Pow(2, -(step / 10)) : double.NaN })];

    /// <summary>The same with growing rates, 10^0 in the first update, ten times as large in each of the others.</summary>
    public static StepRecord[] Growing(int updates, double factor = 1) =>
        [.. Halving(updates, factor).Select(update => update with { ExponentialRateLog10 = update.Step - 1 })];

    /// <summary>Without effective rates.</summary>
    public static StepRecord[] Plain(int updates) => [.. Enumerable.Range(1, updates).Select(step => Step(step, 0.5))];

    public static StepRecord Step(long step, double rate) => new()
    {
        Step = step,
        Samples = step * 100,
        Epoch = step * 0.1,
        Loss = 2.25,
        LearningRate = rate,
        BatchSize = 100,
        Momentum = 0.9,
        WeightDecay = 5e-4,
        GradientNorm = 1.5,
        Seconds = step * 0.001,
    };
}
