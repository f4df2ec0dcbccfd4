using System.Globalization;
using Rubato.Torch.Lengths;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>
/// Confirms by numbers that the length of weights has no effect, <c>L(c w) = L(w)</c>, as the structure of the network promises.
/// </summary>
internal static class ScaleCheck
{
    // Both are chosen, not fitted. A power of two would only shift exponents and hide rounding errors.
    private const double Factor = 3;
    private const int MostSamples = 64;

    /// <summary>
    /// Compares the loss of one batch, in training and in evaluation, with the weights as they are and three times as long. Nothing
    /// changes.
    /// </summary>
    /// <returns>The largest relative difference of the losses.</returns>
    /// <exception cref="InvalidInputException">They differ by more than rounding errors.</exception>
    internal static double Run(
        TrainingTask run, Objective objective, Optimizer optimizer, ScaleInvariance invariance)
    {
        var weight = invariance.Parts[0].Weights[0];

        // Chosen, not fitted: well above rounding errors of each type. On a device convolutions may round their factors to ten bits.
        var allowed = weight.dtype == ScalarType.Float64 ? 1e-10 : weight.is_cuda ? 1e-2 : 1e-3;
        using var before = Snapshot.Take(objective.Network, optimizer);
        var (training, evaluation) = Measure(run, objective);
        before.Restore();
        if (!double.IsFinite(training) || !double.IsFinite(evaluation))
        {
            throw new InvalidInputException(new Finding(
                nameof(run.Rewrite),
                run.Rewrite,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"but before the first update the loss is {training} in training and {evaluation} in evaluation, "
                    + $"so that nothing can be said about the length of the weights"),
                "mend the data or the network first"));
        }

        var (scaledTraining, scaledEvaluation) = (double.NaN, double.NaN);
        try
        {
            invariance.Scale(Factor);
            (scaledTraining, scaledEvaluation) = Measure(run, objective);
        }
        finally
        {
            before.Restore();
        }

        var worst = Math.Max(Difference(training, scaledTraining), Difference(evaluation, scaledEvaluation));
        return worst <= allowed
            ? worst
            : throw new InvalidInputException(new Finding(
                nameof(run.Rewrite),
                run.Rewrite,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"but with weights three times as long the loss of the network {run.Names.Network} is {scaledTraining:G6} in training "
                    + $"and {scaledEvaluation:G6} in evaluation, and {training:G6} and {evaluation:G6} as they are: "
                    + $"their length has an effect, and they cannot grow"),
                "leave the rewrite out"));
    }

    private static (double Training, double Evaluation) Measure(TrainingTask run, Objective objective)
    {
        var examples = new BatchOrder(objective.Count, run.Seed).Next(0, Math.Min(MostSamples, objective.Count)).ToArray();
        using var noGrad = no_grad();
        var batches = new MicroBatches(objective, run.MicroBatch);
        var training = batches.Loss(examples, run.Seed, 0);
        return (training, Evaluation.Of(objective, examples).Loss);
    }

    private static double Difference(double loss, double scaled) => Math.Abs(scaled - loss) / Math.Max(Math.Abs(loss), 1e-3);
}
