using Rubato.Control;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    private const int FeedbackUpdates = 75;

    [Theory]
    [InlineData("default", false)]
    [InlineData("default", true)]
    [InlineData("paper", false)]
    [InlineData("paper", true)]
    public void Load_AutoWarmupSavedAndLoadedAtEveryUpdate_ChangesNothing(string preset, bool isGuarded)
    {
        var plan = Plan(1);
        var settings = (preset == "paper" ? AutoWarmupSettings.Paper : AutoWarmupSettings.Default) with
        {
            MaxLr = 100,
            MinLosses = 5,
            Patience = 2,
            TestEvery = Duration.Batches(2),
        };
        using var whole = new Training("mlp(8)", "sgd", new AutoWarmup(plan, settings), isGuarded ? new LossGuard(FeedbackUpdates) : null);
        using var broken = new Training("mlp(8)", "sgd", new AutoWarmup(plan, settings), isGuarded ? new LossGuard(FeedbackUpdates) : null);
        RequireSameWithLoads(whole, broken);
        Assert.NotNull(((AutoWarmupState)Unguarded(whole)).Switch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PlateauSavedAndLoadedAtEveryUpdate_ChangesNothing(bool isGuarded)
    {
        var plan = Plan(isGuarded ? 100 : 1);
        var settings = new ReduceOnPlateauSettings { Factor = 0.7, Patience = 1, Threshold = 0.99, Every = Duration.Batches(3), After = Duration.Batches(4) };
        using var whole = new Training("mlp(8)", "sgd", new ReduceOnPlateau(plan, settings), isGuarded ? new LossGuard(FeedbackUpdates) : null);
        using var broken = new Training("mlp(8)", "sgd", new ReduceOnPlateau(plan, settings), isGuarded ? new LossGuard(FeedbackUpdates) : null);
        RequireSameWithLoads(whole, broken);
        Assert.InRange(((ReduceOnPlateauState)Unguarded(whole)).Plateau.Reductions, 1, 22);
        Assert.Equal(isGuarded, whole.Loop.Guard is { Rollbacks: > 0 });
    }

    private static void RequireSameWithLoads(Training whole, Training broken)
    {
        for (var update = 0; update < FeedbackUpdates; update++)
        {
            var expected = whole.Loop.Step();

            // The update is made, undone, and made again from what was saved.
            var saved = SavedLoop.Of(broken.Loop);
            Assert.Equal(expected, broken.Loop.Step());
            saved.LoadInto(broken.Loop);
            Assert.Equal(expected, broken.Loop.Step());
        }

        Assert.Equal(whole.Loop.Progress, broken.Loop.Progress);
        Assert.Equal(whole.Loop.Guard, broken.Loop.Guard);
        Assert.Equal(whole.Loop.State, broken.Loop.State);
        Assert.Equal(whole.Weights(), broken.Weights());
    }

    private static ControllerState Unguarded(Training training) => training.Loop.State is GuardedState guarded ? guarded.Inner : training.Loop.State;
}
