using Rubato.Control.Controllers;
using Rubato.Control.Guards;
using Rubato.Time;
using Rubato.Torch.Snapshots;

namespace Rubato.Training.Tests.Running;

public sealed partial class TrainerTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("paper")]
    public void Position_OfAnAutoWarmupSavedAndRestoredAtEveryUpdate_ChangesNothing(string preset)
    {
        var plan = Plan(1);
        var settings = (preset == "paper" ? AutoWarmupSettings.Paper : AutoWarmupSettings.Default) with
        {
            MaxLr = 100,
            MinLosses = 5,
            Patience = 2,
            TestEvery = Duration.Batches(2),
        };
        using var whole = new Training("mlp(8)", "sgd", new AutoWarmup(plan, settings), new LossGuard(75));
        using var broken = new Training("mlp(8)", "sgd", new AutoWarmup(plan, settings), new LossGuard(75));
        for (var update = 0; update < 75; update++)
        {
            var expected = whole.Trainer.Step();

            // The update is made, undone, and made again from what was saved, unless the guard changed its own snapshots.
            using var snapshot = Snapshot.Take(broken.Network, broken.Optimizer);
            var (progress, state) = broken.Trainer.Position;
            var saved = (GuardedState)state;
            var (inner, guard) = (((AutoWarmupState)saved.Inner).ToJson(), saved.Guard.ToJson());
            var seen = broken.Trainer.Step();
            if (broken.Trainer.Guard?.Decision == GuardDecision.Continue)
            {
                snapshot.Restore();
                broken.Trainer.Position = (progress, new GuardedState(AutoWarmupState.Parse(inner), GuardState.Parse(guard)));
                seen = broken.Trainer.Step();
            }

            Assert.Equal(expected, seen);
        }

        Assert.NotNull(((AutoWarmupState)whole.Trainer.Memory).Switch);
        Assert.Equal(whole.Trainer.Position, broken.Trainer.Position);
        Assert.Equal(whole.Weights(), broken.Weights());
    }
}
