using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AutoWarmupTests
{
    [Theory]
    [MemberData(nameof(Presets))]
    public void RolledBack_LossHasRisen_SwitchesToTheSmoothedMinimum(string preset)
    {
        var controller = new AutoWarmup(Plan, Preset(preset) with { Patience = 100 });
        var state = WarmupRun.Of(controller, WarmupRun.Valley(0.01, 0.02, 1), end: 300).State;
        Assert.Null(state.Switch);

        var end = ((AutoWarmupState)controller.RolledBack(Seen(300, 5), state)).Switch!;
        Assert.Equal((300, 3000, AutoWarmupReason.RolledBack), (end.Updates, end.Samples, end.Reason));
        Assert.InRange(end.LearningRate, 0.004, 0.025);
        Assert.Equal(1e-5 * Math.Pow(1e5, end.Minimum!.Value / 400), end.LearningRate, 0.02 * end.LearningRate);
    }

    [Fact]
    public void RolledBack_LossStillFalls_TheWarmupGoesOn()
    {
        var controller = new AutoWarmup(Plan);
        var state = WarmupRun.Of(controller, WarmupRun.Valley(1, 0.02, 1), end: 300).State;
        var after = (AutoWarmupState)controller.RolledBack(Seen(300, 5), state);

        Assert.Null(after.Switch);
        Assert.Equal((state.Tests + 1, 0, 300), (after.Tests, after.Verdicts, after.Losses.Count));
    }

    [Fact]
    public void RolledBack_LossNotFinite_SwitchesWithoutATest()
    {
        var controller = new AutoWarmup(Plan);
        var state = WarmupRun.Of(controller, WarmupRun.Valley(1, 0.02, 1), end: 300).State;
        var after = (AutoWarmupState)controller.RolledBack(Seen(300, double.NaN), state);

        Assert.Equal((300, AutoWarmupReason.NonFinite, state.Tests), (after.Switch!.Updates, after.Switch.Reason, after.Tests));
        Assert.InRange(after.Switch.LearningRate, 0.02, 0.06);
    }

    [Fact]
    public void RolledBack_FewLosses_ATestAllTheSame()
    {
        var controller = new AutoWarmup(Plan);
        var state = WarmupRun.Of(controller, (update, _) => update < 10 ? 2 - (0.1 * update) : 20, end: 13).State;

        Assert.Equal(0, state.Tests);
        var end = ((AutoWarmupState)controller.RolledBack(Seen(13, 20), state)).Switch!;
        Assert.Equal(AutoWarmupReason.RolledBack, end.Reason);
        Assert.InRange(end.Minimum!.Value, 3, 10);
    }

    [Fact]
    public void RolledBack_NoFiniteLossOrAfterTheSwitch_StateItself()
    {
        var controller = new AutoWarmup(Plan);
        var early = controller.InitialState;
        var late = new AutoWarmupState { Switch = new AutoWarmupSwitch(200, 2000, 0.04, AutoWarmupReason.Minimum) };

        Assert.Same(early, controller.RolledBack(Seen(19, double.NaN), early));
        Assert.Same(late, controller.RolledBack(Seen(300, double.NaN), late));
    }

    [Fact]
    public void Decide_UnderAGuardThatWentBack_TheFoundRateTimesItsScale()
    {
        var controller = new GuardedController(new AutoWarmup(Plan), new LossGuard(800));
        var valley = WarmupRun.Valley(1, 0.02, 1);
        var (progress, state) = (default(Progress), controller.InitialState);
        for (var update = 0; update < 300; update++)
        {
            var values = controller.Decide(progress, state);
            progress = new Progress(update + 1, 10 * (update + 1));
            state = controller.Observe(new Observation(progress, values, valley(update, values.LearningRate)), state);
        }

        state = controller.Observe(Seen(300, double.PositiveInfinity), state);
        var found = ((AutoWarmupState)((GuardedState)state).Inner).Switch!;
        Assert.Equal(AutoWarmupReason.NonFinite, found.Reason);

        // The guard's own warm-up after a rollback, over a twentieth of 800 updates, begins with its fortieth part.
        Assert.Equal(found.LearningRate / Math.Sqrt(10) / 40, controller.Decide(progress, state).LearningRate, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Observe_LossThatNeverFalls_CoolsDownFromTheRateThatDidNoHarm(double noise)
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan), (update, _) => WarmupRun.Valley(1e9, noise, 6)(update, 1e-5)).State;

        Assert.Equal(AutoWarmupReason.EndOfWarmup, state.Switch!.Reason);
        Assert.Equal(Math.Pow(10, (5.0 * 399 / 400) - 5), state.Switch.LearningRate, 1e-12);
        Assert.Null(state.Switch.Minimum);
    }

    [Theory]
    [InlineData("default", 1e80)]
    [InlineData("paper", 1e80)]
    [InlineData("default", 1e200)]
    [InlineData("paper", 1e200)]
    [InlineData("default", 1e308)]
    [InlineData("paper", 1e308)]
    public void Observe_HugeLosses_EveryNumberIsFinite(string preset, double size)
    {
        foreach (var from in (int[])[0, 200])
        {
            var state = WarmupRun.Of(new AutoWarmup(Plan, Preset(preset)), (update, _) => update < from ? 2 : size * (1 + (update % 3)) / 3).State;

            Assert.True(double.IsFinite(state.Probability!.Value) && double.IsFinite(state.SignalVariance!.Value) && double.IsFinite(state.NoiseVariance!.Value));
            Assert.InRange(state.Switch!.LearningRate, 1e-5, 1);
        }
    }

    private static Observation Seen(long updates, double loss) => new(new Progress(updates, 10 * updates), Plan.At(0), loss, double.NaN);
}
