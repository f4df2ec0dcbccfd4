using Rubato.Cli.Display;
using Rubato.Runs.Rates;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class RatesTextTests
{
    [Fact]
    public void Of_OneRun_FirstLastHighestAndLowest() => Assert.Equal(
        ["a  effective rate 0.25 at first, 0.01 at the end, highest 4 at update 11, lowest 1.25e-5 at update 21"],
        RatesText.Of(RateCurves.Of([Run("a", [0.25, 4, 1.25e-5, 0.01])])));

    [Fact]
    public void Of_SeveralRuns_EachFromTheFirstThatHasEffectiveRates() => Assert.Equal(
        [
            $"plain       no effective rate; {RateCurves.Condition}",
            "decay       effective rate 1 at first, 2 at the end, highest 2 at update 11, lowest 1 at update 1",
            "growing     effective rate 1 at first, 2.5 at the end, highest 2.5 at update 11, lowest 1 at update 1",
            "            exponential rate 10^-1.00 at first, 0 at the end, highest 10^400.25, lowest 0",
            "same        effective rate 1 at first, 1 at the end, highest 1 at update 1, lowest 1 at update 1",
            "later       effective rate 1 at first, 1 at the end, highest 1 at update 2, lowest 1 at update 2",
            "difference  effective rates of decay and growing differ by at most 2.0e-1 (relative), at update 11; 2 updates measured in both",
            "difference  effective rates of decay and same are equal; 1 update measured in both",
            "difference  no update of decay and later was measured in both",
        ],
        RatesText.Of(RateCurves.Of(
        [
            RateCurve.Of([Step(1)], "plain"),
            Run("decay", [1, 2]),
            RateCurve.Of(
                [
                    Step(1) with { EffectiveRate = 1, ExponentialRateLog10 = -1 },
                    Step(11) with { EffectiveRate = 2.5, ExponentialRateLog10 = 400.25 },
                    Step(12) with { ExponentialRateLog10 = double.NegativeInfinity },
                ],
                "growing"),
            Run("same", [1]),
            RateCurve.Of([Step(1), Step(2) with { EffectiveRate = 1 }], "later"),
        ])));

    private static RateCurve Run(string name, double[] rates) => RateCurve.Of([.. rates.Select((rate, i) => Step((10 * i) + 1) with { EffectiveRate = rate })], name);

    private static StepRecord Step(long step) => new()
    {
        Step = step,
        Samples = step * 8,
        Epoch = step,
        Loss = 1,
        LearningRate = 0.1,
        BatchSize = 8,
        Momentum = 0.9,
        WeightDecay = 0,
        GradientNorm = 1,
        Seconds = step,
    };
}
