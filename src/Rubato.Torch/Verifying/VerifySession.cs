using System.Collections.Immutable;
using Rubato.Runs.Records;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Verifying;

/// <summary>
/// Runs a plan and its rewrite side by side, from the same weights and on the same batches, and says how far they come apart.
/// </summary>
/// <remarks>
/// The run whose function is claimed is that of the plan before it takes exponential form: for TEXP-- the one with constant rate and less
/// weight decay. Each of them is run once more with weights that are rounded differently, which shows what rounding alone does.
/// </remarks>
internal static class VerifySession
{
    /// <summary>Runs a verification.</summary>
    /// <param name="verification">The training and its rewrite.</param>
    /// <param name="listener">Told of the verification while it goes on.</param>
    /// <param name="cancellation">Ends it after the update in progress; comparisons until then stand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidInputException">The verification or the data cannot be used; all findings at once.</exception>
    /// <exception cref="TorchException">The engine failed, e.g. for lack of memory.</exception>
    public static VerificationOutcome Run(Verification verification, Listener listener, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(verification);
        ArgumentNullException.ThrowIfNull(listener);
        return Engine.Run("verification", () => Verify(verification, verification.Training, listener, cancellation));
    }

    private static VerificationOutcome Verify(
        Verification verification, TrainingTask run, Listener listener, CancellationToken cancellation)
    {
        if (!run.HasWeightDecay())
        {
            throw new InvalidInputException(new Finding(
                nameof(PlanSettings.WeightDecay),
                run.Plan.Settings.WeightDecay,
                "and there is none to write as growth: both forms would be the same run",
                "give one above 0, for instance 5e-4"));
        }

        var type = verification.Settings.IsDouble ? ScalarType.Float64 : ScalarType.Float32;
        using var lockstep = new Lockstep(run.WithWeightDecay(), run, type, verification.Settings.Probe);
        var description = Describe(verification, run, lockstep);
        listener.OnEvent(description);
        return Run(verification, run, lockstep, description, listener, lockstep.Agree(cancellation));
    }

    private static VerificationOutcome Run(
        Verification verification,
        TrainingTask run,
        Lockstep lockstep,
        VerificationDescription description,
        Listener listener,
        CancellationToken cancellation)
    {
        var points = ImmutableArray.CreateBuilder<VerifiedPoint>();
        var accuracies = ImmutableArray.CreateBuilder<VerifiedAccuracy>();
        var (epochs, largest, end) = (0L, 0.0, cancellation.IsCancellationRequested ? VerificationEnd.Interrupted : (VerificationEnd?)null);
        while (end is null)
        {
            var before = lockstep.Updates;
            var (loss, difference) = lockstep.Step();

            // Max keeps NaN.
            largest = Math.Max(largest, difference);
            end = lockstep.HasDiverged ? VerificationEnd.NonFinite
                : lockstep.IsOver || lockstep.Updates >= description.Updates ? VerificationEnd.Completed
                : cancellation.IsCancellationRequested ? VerificationEnd.Interrupted
                : null;

            // A guard that goes back makes no update if the loss is not finite.
            if (lockstep.Updates > before && (end is not null || lockstep.Updates % verification.Settings.Every == 0))
            {
                points.Add(lockstep.Compare(loss, difference));
                listener.OnEvent(points[^1]);
            }

            if (end is VerificationEnd.Completed or VerificationEnd.NonFinite || lockstep.Samples / run.Subject.TrainCount > epochs)
            {
                epochs = lockstep.Samples / run.Subject.TrainCount;
                accuracies.Add(lockstep.Accuracy((double)lockstep.Samples / run.Subject.TrainCount));
                listener.OnEvent(accuracies[^1]);
            }
        }

        return new VerificationOutcome(description, points.ToImmutable(), accuracies.ToImmutable(), largest, end.Value);
    }

    private static VerificationDescription Describe(Verification verification, TrainingTask run, Lockstep lockstep) => new()
    {
        Data = run.Names.Data,
        TrainSamples = run.Subject.TrainCount,
        Network = run.Names.Network,
        Parameters = lockstep.Parameters,
        Optimizer = run.Names.Optimizer,
        LearningRate = $"{run.Rate}",
        Rewrite = $"{run.Rewrite}",
        Exponential = new ExponentialRecord(
            $"{run.Rewrite.Exponential}", lockstep.Grown.Invariance.Elements, lockstep.Grown.LossChange, null),
        Updates = Math.Min(verification.Settings.Updates ?? long.MaxValue, run.Plan.CountUpdates()),
        Tolerance = verification.Settings.Allowed,
        IsDouble = verification.Settings.IsDouble,
        Probe = Math.Min(verification.Settings.Probe, run.Subject.HeldOutCount),
        Notes = lockstep.Notes,
    };
}
