using Rubato.Torch.Lengths;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>Finds the scale-invariant weights of a network that does not say how it is built, on a batch of its samples.</summary>
internal static class ScaleSearch
{
    // Chosen, not fitted: enough for the statistics of a batch, and few for the many passes.
    private const int MostSamples = 16;

    /// <summary>Finds them. Nothing changes.</summary>
    /// <param name="run">The training.</param>
    /// <param name="objective">What is trained, and for what.</param>
    /// <param name="optimizer">Any optimizer of the network that has not made an update; it is not used.</param>
    /// <exception cref="InvalidInputException">The loss is not finite.</exception>
    internal static ScaleInvariance Run(TrainingTask run, Objective objective, Optimizer optimizer)
    {
        using var before = Snapshot.Take(objective.Network, optimizer);
        using var random = Engine.RandomState();
        var batches = new MicroBatches(objective, run.MicroBatch);
        var examples = new BatchOrder(objective.Count, run.Seed).Next(0, Math.Min(MostSamples, objective.Count)).ToArray();
        try
        {
            if (Loss() is var loss && !double.IsFinite(loss))
            {
                throw new InvalidInputException(new Finding(
                    nameof(run.Rewrite),
                    run.Rewrite,
                    "but before the first update the loss is not finite, so that nothing can be said about the length of the weights",
                    "mend the data or the network first"));
            }

            return LengthExperiment.Find(objective.Network, Loss);
        }
        finally
        {
            before.Restore();
        }

        double Loss()
        {
            // Dropout must leave out the same numbers in every pass.
            Engine.SetRandomState(random);
            using var noGrad = no_grad();
            return batches.Loss(examples, run.Seed, 0);
        }
    }
}
