using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class ReduceOnPlateauTests
{
    [Fact]
    public void Decide_AnyLosses_RatesOfTheSlowTwin() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var controller = test.Controller("linear(0 -> 0.5, 10ba) then 0.5");
            var twin = new SlowPlateau(controller.Settings, test.Every, test.After);
            var isSame = true;
            Follow(controller, test, (observation, before, _) =>
            {
                isSame &= observation.Applied.LearningRate == twin.Rate(controller.Plan.At(before.Samples).LearningRate);
                twin.See(observation.Loss, observation.Applied.BatchSize, controller.Plan.At(observation.Progress.Samples).LearningRate);
            });
            return isSame;
        }));

    [Fact]
    public void Observe_AnyLosses_TheScaleNeverRisesAndTheFloorHolds() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var controller = test.Controller("0.5");
            var (scale, holds) = (1.0, true);
            Follow(controller, test, (observation, _, state) =>
            {
                holds &= state.Plateau.Scale <= scale && observation.Applied.LearningRate >= Math.Min(0.5, controller.Settings.MinLr);
                scale = state.Plateau.Scale;
            });
            return holds && scale > 0;
        }));

    [Fact]
    public void Observe_SavedAndRestoredAtEveryUpdate_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (controller, other) = (test.Controller("0.5"), test.Controller("0.5"));
            var saved = (ReduceOnPlateauState)other.InitialState;
            var isSame = true;
            Follow(controller, test, (observation, before, state) =>
            {
                saved = SavedState.Restored(saved);
                isSame &= other.Decide(before, saved) == observation.Applied;
                saved = (ReduceOnPlateauState)other.Observe(observation, saved);
                isSame &= saved == state;
            });
            return isSame;
        }));

    private static void Follow(ReduceOnPlateau controller, PlateauCase test, Action<Observation, Progress, ReduceOnPlateauState> see)
    {
        var (progress, state) = (default(Progress), controller.InitialState);
        foreach (var loss in test.Losses)
        {
            var (before, values) = (progress, controller.Decide(progress, state));
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            var observation = new Observation(progress, values, loss);
            state = controller.Observe(observation, state);
            see(observation, before, (ReduceOnPlateauState)state);
        }
    }

    private static Gen<PlateauCase> Cases() =>
        from losses in Gen.Frequency(
            (30, Gen.Choose(-20, 60).Select(tenths => tenths / 10.0)),
            (10, Gen.Choose(100, 103).Select(number => (double)number)),
            (2, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308))).ArrayOf()
        from factor in Gen.Elements(0.1, 0.5, 0.9)
        from patience in Gen.Choose(0, 2)
        from threshold in Gen.Elements(0, 1e-4, 0.1)
        from mode in Gen.Elements(ThresholdMode.Relative, ThresholdMode.Absolute)
        from cooldown in Gen.Choose(0, 2)
        from minLr in Gen.Elements(0, 0.01, 0.3, 1)
        from eps in Gen.Elements(0, 1e-8, 0.1)
        from every in Gen.Choose(1, 4)
        from after in Gen.Choose(0, 5)
        select new PlateauCase(
            losses,
            every,
            after,
            new ReduceOnPlateauSettings
            {
                Factor = factor,
                Patience = patience,
                Threshold = threshold,
                ThresholdMode = mode,
                Cooldown = cooldown,
                MinLr = minLr,
                Eps = eps,
            });

    private sealed record PlateauCase(double[] Losses, int Every, int After, ReduceOnPlateauSettings Settings)
    {
        internal ReduceOnPlateau Controller(string rate) =>
            new(PlateauRun.Plan(Schedule.Parse(rate)), Settings with { Every = Duration.Batches(Every), After = Duration.Batches(After) });
    }
}
