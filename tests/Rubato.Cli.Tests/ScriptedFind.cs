using System.Collections.Immutable;
using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Tests;

/// <summary>Range tests of losses that are a formula: they fall from 2.3 to about 0.5 around a rate of 0.01, and rise beyond 0.3.</summary>
internal static class ScriptedFind
{
    public static RangeTest Test { get; } = new(1e-5, 10, 120);

    public static RangeTestDescription Description { get; } = new()
    {
        Test = Test,
        Runs = 1,
        Data = "glyphs",
        TrainSamples = 12_000,
        HeldOutSamples = 1_000,
        Network = "convnet",
        Parameters = 24_330,
        Optimizer = "sgd",
        BatchSize = 128,
        Device = "cpu",
        Threads = 2,
    };

    public static MeasuredRange Run(FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation) =>
        Run(Loss, settings, listener, cancellation);

    /// <summary>All pairs and repeats; each pair's losses are those of rates times ten times one less the momentum, and each repeat's those of higher rates.</summary>
    public static MeasuredRange Run(Func<double, double> loss, FindSettings settings, Listener listener, CancellationToken cancellation)
    {
        var momenta = settings.Momenta.IsEmpty ? [settings.Training.Momentum ?? 0.9] : settings.Momenta;
        var decays = settings.WeightDecays.IsEmpty ? [settings.Training.WeightDecay ?? 0.0001] : settings.WeightDecays;
        listener.OnEvent(Description with { Runs = momenta.Length * decays.Length * settings.Repeats });
        var variants = ImmutableArray.CreateBuilder<RangeVariant>();
        var run = 0;
        foreach (var (momentum, decay) in momenta.SelectMany(momentum => decays.Select(decay => (momentum, decay))))
        {
            var factor = 10 * (1 - momentum.At(0));
            ImmutableArray<RangeCurve> curves =
            [
                .. Enumerable.Range(0, settings.Repeats).Select(repeat =>
                {
                    listener.OnEvent(new RangeRunBegun(++run, momentum, decay, settings.Training.Seed + repeat));
                    return Curve(rate => loss(rate / factor * Math.Pow(1.2, repeat)), listener, cancellation);
                }),
            ];
            variants.Add(new RangeVariant(momentum, decay, curves, RangeSuggestion.Of(curves, settings.Suggestion with { BatchSize = 128 })));
        }

        return new MeasuredRange(
            new RangeTestOutcome(Test, variants.ToImmutable(), cancellation.IsCancellationRequested, 128, 12_000, 1_000, 15_360, 3.5),
            settings.Training with { Momentum = momenta[0], WeightDecay = decays[0] });
    }

    /// <summary>The same with answers that are no rule's: they shrink from repeat to repeat, and one repeat has none.</summary>
    public static MeasuredRange RunWithKnownAnswers(FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        var measured = Run(Loss, settings, listener, cancellation);
        var outcome = measured.Outcome;
        return measured with
        {
            Outcome = outcome with
            {
                Variants =
                [
                    .. outcome.Variants.Select((variant, index) =>
                    {
                        var max = 0.24 / (index + 1);
                        return variant with
                        {
                            Suggestion = new RangeSuggestion
                            {
                                Rule = settings.Suggestion.Rule,
                                Range = new RateRange(max / 4, max),
                                Confidence = 0.834,
                                BatchSize = 128,
                                Answers =
                                [
                                    .. variant.Runs.SelectMany((_, run) => new RuleAnswer[]
                                    {
                                        new("lowest", run + 1, new RateRange(max / (4 << run), max / (1 << run))),
                                        new("accuracy", run + 1, run == 1 ? null : new RateRange(max / 100, max / 2)),
                                        new("valley", run + 1, new RateRange(max / 40, max / 10)),
                                        new("steep", run + 1, null),
                                    }),
                                ],
                            },
                        };
                    }),
                ],
            },
        };
    }

    public static double Loss(double rate) => 0.5 + (1.8 / (1 + Math.Pow(rate / 0.01, 1.5))) + (2 * rate * rate);

    private static RangeCurve Curve(Func<double, double> loss, Listener listener, CancellationToken cancellation)
    {
        var sweep = Test.Start();
        while (!(cancellation.IsCancellationRequested && sweep.Updates == 80) && sweep.TryNext(out var rate))
        {
            sweep.Report(loss(rate), sweep.Updates % 6 == 5 ? 0.1 + (0.08 * (2.3 - Math.Min(loss(rate), 2.3)) / 0.18) : null);
            listener.OnEvent(new RangePointMeasured(sweep.ToCurve().Points[^1], sweep.SmoothedLoss));
        }

        listener.OnEvent(new RangeRunEnded(sweep.ToCurve()));
        return sweep.ToCurve();
    }
}
