using Rubato.Torch.Verifying;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Verifying;

public sealed class LockstepTests
{
    [Fact]
    public void Compare_BeforeTheFirstUpdate_NoDifference()
    {
        var run = Trained.Task(Verifications.Small.Training);
        using var lockstep = new Lockstep(run.WithWeightDecay(), run, ScalarType.Float64, probe: 1000);

        Assert.Equal(new VerifiedPoint(0, 1, 0, 0, 0, 0), lockstep.Compare(1, 0));
        Assert.Equal(0, lockstep.Accuracy(0).Claimed - lockstep.Accuracy(0).Rewritten);
        Assert.False(lockstep.IsOver);
    }

    [Fact]
    public void Compare_AnotherRate_DirectionAndFunctionDiffer()
    {
        var run = Trained.Task(Verifications.Small.Training);
        var other = Trained.Task(Verifications.Small.Training with { LearningRate = Rate.Parse("constant(0.1)") });
        using var lockstep = new Lockstep(other.WithWeightDecay(), run, ScalarType.Float64, probe: 8);
        _ = lockstep.Step();
        var (loss, difference) = lockstep.Step();
        var point = lockstep.Compare(loss, difference);

        Assert.InRange(point.FunctionDifference, 1e-4, 10);
        Assert.InRange(point.DirectionDifference, 1e-4, 2);
        Assert.InRange(point.LossDifference, 1e-6, 10);

        // What rounding does is none of it.
        Assert.InRange(point.Rounding, 0, 1e-6 * point.FunctionDifference);
        Assert.Equal(2, point.Update);
    }

    [Fact]
    public void Lockstep_RewrittenRunThatIsNotExponential_Refused()
    {
        var run = Trained.Task(Verifications.Small.Training).WithWeightDecay();

        Assert.Throws<ArgumentException>(() => new Lockstep(run, run, ScalarType.Float64, probe: 8));
    }
}
