using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>
/// Computes the loss of a batch of training samples, and of one of held-out and of validation samples, before a run, so that shapes,
/// types and class numbers that do not fit are named before anything is trained. Buffers, modes and the random state are put back.
/// </summary>
internal static class SampleCheck
{
    private const string Remedy = "give inputs that the network takes, and targets that the loss takes";

    /// <exception cref="InvalidInputException">Samples do not fit the network or the loss; all findings at once.</exception>
    internal static void Require(TrainingTask run, Objective training, Objective? heldOut, Objective? validation = null)
    {
        var (modes, random) = (new ModuleModes(training.Network), Engine.RandomState());
        var buffers = training.Network.buffers().Select(buffer => (Buffer: buffer, Copy: Copied(buffer))).ToArray();
        try
        {
            training.Network.eval();
            Finding?[] findings =
            [
                Attempt(
                    run,
                    "samples",
                    training,
                    BatchOf(run, training),
                    new SampleDraw(run.Seed, 0),
                    indices => Train(run, training, indices)),
                Evaluate(run, "heldOut", heldOut),
                Evaluate(run, "Validation", validation),
            ];
            if (findings.OfType<Finding>().ToArray() is { Length: > 0 } found)
            {
                throw new InvalidInputException(found);
            }
        }
        finally
        {
            using (no_grad())
            {
                foreach (var (buffer, copy) in buffers)
                {
                    buffer.copy_(copy);
                    copy.Dispose();
                }
            }

            modes.PutBack();
            Engine.SetRandomState(random);
            random.Dispose();
        }
    }

    private static Tensor Copied(Tensor buffer)
    {
        using var noGrad = no_grad();
        return buffer.clone().DetachFromDisposeScope();
    }

    // The first batch of the run, and the samples whose class numbers are out of their range if any are.
    private static int[] BatchOf(TrainingTask run, Objective objective)
    {
        var size = (int)Math.Min(Math.Min(run.Plan.At(0).BatchSize, run.MicroBatch ?? int.MaxValue), objective.Count);
        return [.. new BatchOrder(objective.Count, run.Seed).Next(0, size), .. objective.Extremes];
    }

    // With gradients: a loss may take some for itself.
    private static Finding? Train(TrainingTask run, Objective objective, int[] indices)
    {
        var loss = objective.Loss(indices, new SampleDraw(run.Seed, 0));
        return loss.numel() == 1 && loss.is_floating_point() ? null : new Finding(
            "loss",
            null,
            $"is ({string.Join(", ", loss.shape)}) {loss.dtype} for {indices.Length} samples, but must be one number of floating point",
            "return the mean over the batch");
    }

    private static Finding? Evaluate(TrainingTask run, string name, Objective? objective) => objective is null ? null : Attempt(
        run, name, objective, BatchOf(run, objective), SampleDraw.Evaluation, indices =>
        {
            using var noGrad = no_grad();
            _ = MemoryOrder.Number(objective.Loss(indices, SampleDraw.Evaluation));
            return null;
        });

    private static Finding? Attempt(
        TrainingTask run, string name, Objective objective, int[] indices, SampleDraw draw, Func<int[], Finding?> attempt)
    {
        using var scope = NewDisposeScope();
        try
        {
            return attempt(indices);
        }
        catch (ExternalException exception)
        {
            MemoryCheck.ThrowIfExceeded(run, exception, updates: 0);
            return FindingOf(name, objective, indices, draw, TorchException.From(exception, name).Cause);
        }
        catch (ArgumentException exception)
        {
            return FindingOf(name, objective, indices, draw, exception.Message.Split(" (Parameter '")[0]);
        }
    }

    private static Finding FindingOf(string name, Objective objective, int[] indices, SampleDraw draw, string reason)
    {
        string read;
        try
        {
            read = objective.Describe(indices, draw);
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            read = $"{indices.Length}, which cannot be read";
        }

        return new Finding(name, null, $"cannot be computed, tried with {read}: {reason.TrimEnd('.')}", Remedy);
    }
}
