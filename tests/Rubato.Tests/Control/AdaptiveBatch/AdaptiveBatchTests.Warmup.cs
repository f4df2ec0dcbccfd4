using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AdaptiveBatchTests
{
    [Fact]
    public void Inner_AutoWarmup_HoldsTheBatchUntilTheRateIsFoundAndTheCooldownEndsWithTheBudget()
    {
        var plan = WarmupRun.Plan(epochs: 20, updatesPerEpoch: 100);
        var warmup = new AutoWarmup(plan, AutoWarmupSettings.Default with { Cooldown = Schedule.Parse("linear(1 -> 0)") });
        var controller = new AdaptiveBatch(warmup, Quick);
        var loss = WarmupRun.Valley(critical: 0.1, noise: 0.02, seed: 3);

        var (progress, state) = (default(Progress), controller.InitialState);
        var applied = new List<(HyperParameters Values, bool IsSearching, long Start)>();
        while (!plan.IsOver(progress.Samples))
        {
            var values = controller.Decide(progress, state);
            applied.Add((values, controller.IsSearching(state), progress.Samples));
            var before = progress;
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(
                new Observation(progress, values, loss(before.Updates, values.LearningRate)) { Noise = new GradientNoise(1, 80) }, state);
        }

        var found = ((AutoWarmupState)((AdaptiveBatchState)state).Inner).Switch!;
        Assert.Equal(AutoWarmupReason.Minimum, found.Reason);
        Assert.Equal(applied.Select(update => update.Start < found.Samples), applied.Select(update => update.IsSearching));
        Assert.All(applied.Where(update => update.IsSearching), update => Assert.Equal(10, update.Values.BatchSize));
        Assert.Equal([10, 20, 40, 80], applied.Select(update => update.Values.BatchSize).Distinct());
        Assert.Equal(5 * 10, applied.First(update => update.Values.BatchSize == 20).Start - found.Samples);
        Assert.All(applied.Where(update => !update.IsSearching), update => Assert.Equal(
            found.LearningRate * (1 - ((double)(update.Start - found.Samples) / (plan.Samples - found.Samples))), update.Values.LearningRate, 1e-12));
        Assert.InRange(progress.Samples, plan.Samples - 5, plan.Samples + 79);
    }

    [Fact]
    public void IsSearching_Controllers_TheInnermostOnesAnswer()
    {
        var plan = WarmupRun.Plan(epochs: 20, updatesPerEpoch: 100);
        var warmup = new AutoWarmup(plan);
        var found = ((AutoWarmupState)warmup.InitialState) with { Switch = new AutoWarmupSwitch(10, 100, 0.1, AutoWarmupReason.Minimum) };
        var reduced = new ReduceOnPlateau(warmup);
        var adaptive = new AdaptiveBatch(reduced);
        var guarded = new GuardedController(adaptive, new LossGuard(100));
        var searching = (GuardedState)guarded.InitialState;
        var batch = (AdaptiveBatchState)searching.Inner;
        var plateau = (ReduceOnPlateauState)batch.Inner;

        Assert.True(guarded.IsSearching(searching));
        Assert.False(guarded.IsSearching(searching with { Inner = batch with { Inner = plateau with { Inner = found } } }));
        Assert.False(new PlanController(plan).IsSearching(ControllerState.None));
    }

    [Fact]
    public void RolledBack_IsToldToTheControllerWithin()
    {
        var plan = WarmupRun.Plan(epochs: 20, updatesPerEpoch: 100);
        var warmup = new AutoWarmup(plan);
        var controller = new AdaptiveBatch(warmup, Quick);
        var losses = WarmupRun.Of(warmup, (update, _) => 2 + (0.05 * Math.Abs(update - 30)), end: 39).State;
        var state = (AdaptiveBatchState)controller.InitialState with { Inner = losses };
        var lost = new Observation(new Progress(39, 390), new HyperParameters(1, 10, 0, 0), double.NaN);
        var expected = warmup.RolledBack(lost, losses);
        Assert.NotEqual(losses, expected);
        Assert.Equal(state with { Inner = expected }, controller.RolledBack(lost, state));

        var plain = BatchRun.Controller();
        Assert.Same(plain.InitialState, plain.RolledBack(lost, plain.InitialState));
    }
}
