using Rubato.RangeTests;

namespace Rubato.Torch.Tasks;

/// <summary>A range test of a training, with every choice made.</summary>
/// <param name="Test">The rates.</param>
/// <param name="HeldOut">Training samples that are held out for the accuracy; 0 if the accuracy is not measured.</param>
/// <param name="AccuracyEvery">Measure the accuracy at every n-th update; 0 for never.</param>
/// <remarks>Immutable.</remarks>
internal sealed record Sweep(RangeTest Test, int HeldOut, long AccuracyEvery)
{
    private const double OneCycleMomentumMiddle = 0.9;

    /// <summary>
    /// The plan of the sweep: its rates, with the run's first batch size, momentum and weight decay. In place of one-cycle's default
    /// momentum it takes the middle of that, as <c>rubato find</c> does.
    /// </summary>
    /// <remarks>A group's schedule of the rate goes over the sweep as it is written, with the swept rate for <c>base</c>.</remarks>
    internal TrainingPlan PlanFor(TrainingTask task)
    {
        var (written, start) = (task.Plan.Settings, task.Plan.At(0));

        // One-cycle's momentum starts at its highest value, far from the one at the highest rate.
        var momentum = written.Momentum == TrainerSettings.OneCycleMomentum ? OneCycleMomentumMiddle : start.Momentum;
        var swept = written with
        {
            LearningRate = Test.Schedule,
            BatchSize = start.BatchSize,
            Momentum = momentum,
            WeightDecay = start.WeightDecay,
            Length = Duration.Batches(Test.Updates),
            Tail = EpochTail.Carry,
        };
        return new TrainingPlan(swept with { Groups = [.. task.Groups.Over(swept).Select(Fixed)] });

        GroupSettings Fixed(GroupSettings group)
        {
            var first = task.Plan.At(0, group.Name);
            return group with { Momentum = first.Momentum, WeightDecay = first.WeightDecay };
        }
    }
}
