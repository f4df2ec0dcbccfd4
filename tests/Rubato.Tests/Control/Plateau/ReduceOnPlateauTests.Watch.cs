using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>What the controller does with evaluations.</summary>
public sealed partial class ReduceOnPlateauTests
{
    private static readonly ReduceOnPlateauSettings EachEvaluation = new() { Watch = Watched.ValidationLoss, Factor = 0.5, Patience = 1 };

    [Fact]
    public void Evaluated_LossThatStays_HalvesAfterOneBadOneMoreThanThePatience() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], RatesAfter(EachEvaluation, 3, 3, 3, 3, 3));

    [Theory]
    [InlineData(Watched.ValidationLoss, 0.5, 0.51, 0.5)]
    [InlineData(Watched.ValidationLoss, 0.51, 0.5, 1)]
    [InlineData(Watched.TestLoss, 0.51, 0.5, 1)]
    [InlineData(Watched.ValidationAccuracy, 0.5, 0.51, 1)]
    [InlineData(Watched.ValidationAccuracy, 0.51, 0.5, 0.5)]
    [InlineData(Watched.TestAccuracy, 0.51, 0.5, 0.5)]
    [InlineData(Watched.TestAccuracy, 0.5, double.NaN, 0.5)]
    public void Evaluated_TheSecond_IsBetterByItsMeasure(Watched watched, double first, double second, double rate) =>
        Assert.Equal(rate, RatesAfter(EachEvaluation with { Watch = watched, Patience = 0 }, first, second)[^1]);

    [Theory]
    [InlineData(ThresholdMode.Relative, 0.5049, 0.5)]
    [InlineData(ThresholdMode.Relative, 0.5051, 1)]
    [InlineData(ThresholdMode.Absolute, 0.5099, 0.5)]
    [InlineData(ThresholdMode.Absolute, 0.5101, 1)]
    public void Evaluated_AnAccuracyHigherByTheThreshold_IsBetter(ThresholdMode mode, double second, double rate) => Assert.Equal(
        rate,
        RatesAfter(
            EachEvaluation with { Watch = Watched.TestAccuracy, Patience = 0, Threshold = 0.01, ThresholdMode = mode }, 0.5, second)[^1]);

    [Fact]
    public void Evaluated_AccuracyByADifference_IsTheLossOfOppositeSign() => Check.QuickThrowOnFailure(Prop.ForAll<int[]>(steps =>
    {
        double[] values = [.. steps.Select(step => step / 8.0)];
        var settings = EachEvaluation with { ThresholdMode = ThresholdMode.Absolute, Threshold = 0.25, Cooldown = 1 };
        return RatesAfter(settings with { Watch = Watched.TestAccuracy }, values)
            .SequenceEqual(RatesAfter(settings with { Watch = Watched.TestLoss }, [.. values.Select(value => -value)]));
    }));

    [Fact]
    public void Observe_WithAWatch_TrainingLossesDoNotMatter()
    {
        var (rates, state) = PlateauRun.Of(new ReduceOnPlateau(PlateauRun.Plan(1), EachEvaluation with { Patience = 0 }), Enumerable.Repeat(3.0, 50));
        Assert.All(rates, rate => Assert.Equal(1, rate));
        Assert.Equal(new PlateauState { Watch = Watched.ValidationLoss }, state.Plateau);
    }

    [Fact]
    public void Evaluated_WithoutAWatch_TheStateStays()
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1));
        Assert.Same(controller.InitialState, controller.Evaluated(new EvaluationMetrics { TestLoss = 1 }, new Progress(5, 50), controller.InitialState));
    }

    [Fact]
    public void Evaluated_BeforeTheEndOfTheWarmup_IsNotJudged()
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1), EachEvaluation with { After = Duration.Batches(10), Patience = 0 });
        var state = controller.InitialState;
        foreach (var updates in (long[])[5, 10])
        {
            state = controller.Evaluated(new EvaluationMetrics { ValidationLoss = 1 }, new Progress(updates, 10 * updates), state);
            Assert.Same(controller.InitialState, state);
        }

        state = controller.Evaluated(new EvaluationMetrics { ValidationLoss = 1 }, new Progress(11, 110), state);
        Assert.Equal(1, ((ReduceOnPlateauState)state).Plateau.Means);
    }

    [Fact]
    public void Evaluated_WithoutWhatIsWatched_OneSentence() => Assert.StartsWith(
        "The plateau watches validation-loss, which the evaluation has not measured; report it, or watch another measure.",
        Assert.Throws<ArgumentException>(() => new ReduceOnPlateau(PlateauRun.Plan(1), EachEvaluation).Evaluated(
            new EvaluationMetrics { TestLoss = 1 }, new Progress(5, 50), new ReduceOnPlateauState(ControllerState.None, new PlateauState()))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void New_EveryBesideAWatch_OneSentence() => Assert.Equal(
        "Every is '2ep', but validation-loss is watched, and each evaluation counts as one; leave it out.",
        Assert.Throws<InvalidInputException>(
            () => new ReduceOnPlateau(PlateauRun.Plan(1), EachEvaluation with { Every = Duration.Epochs(2) })).Message);

    [Fact]
    public void Evaluated_WithinAnAdaptiveBatchAndAGuard_ReachesTheController()
    {
        var within = new ReduceOnPlateau(PlateauRun.Plan(1), EachEvaluation with { Patience = 0 });
        var controller = new GuardedController(new AdaptiveBatch(within, new AdaptiveBatchSettings { MaxBatch = 40 }), new LossGuard(100));
        var state = controller.InitialState;
        foreach (var loss in (double[])[1, 2])
        {
            var before = state;
            state = controller.Evaluated(new EvaluationMetrics { ValidationLoss = loss }, new Progress(5, 50), state);
            Assert.Equal(loss == 2 ? [new RateReduced(0.5, 2, 1) { Watch = Watched.ValidationLoss }] : [], controller.Events(before, state).AsEnumerable());
        }

        Assert.Equal(0.5, controller.Decide(new Progress(5, 50), state).LearningRate);
    }

    // The rate after each evaluation, an epoch apart.
    private static double[] RatesAfter(ReduceOnPlateauSettings settings, params double[] values)
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1), settings);
        var state = controller.InitialState;
        var rates = new List<double>();
        foreach (var (index, value) in values.Index())
        {
            var metrics = new EvaluationMetrics { TestLoss = value, TestAccuracy = value, ValidationLoss = value, ValidationAccuracy = value };
            var progress = new Progress(5 * (index + 1), 50 * (index + 1));
            state = controller.Evaluated(metrics, progress, state);
            rates.Add(controller.Decide(progress, state).LearningRate);
        }

        return [.. rates];
    }
}
