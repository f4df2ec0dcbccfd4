using Rubato.Rewrites;
using Rubato.Torch.Lengths;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>The parts of a run in exponential form that other runs do not have.</summary>
/// <param name="Optimizer">Its optimizer.</param>
/// <param name="Invariance">The weights that grow.</param>
/// <param name="LossChange">
/// The relative change of a batch's loss when these weights were made three times as long; rounding errors only.
/// </param>
internal sealed record ExponentialParts(ExponentialSgd Optimizer, ScaleInvariance Invariance, double LossChange)
{
    /// <summary>
    /// Makes the optimizer of an untrained network, after <see cref="ScaleCheck"/> has confirmed that the length of the weights has no
    /// effect.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// There are no such weights, their length has an effect, or weights that belong together are in different groups.
    /// </exception>
    internal static ExponentialParts Of(
        TrainingTask run, Objective objective, ScaleInvariance invariance, ExponentialGrowth growth)
    {
        if (invariance.Parts.IsEmpty)
        {
            throw new InvalidInputException(new Finding(
                nameof(run.Rewrite),
                run.Rewrite,
                $"but the network {run.Names.Network} has no weights that only a normalization follows, and no others can grow",
                objective.Network is ILengthTraced
                    ? "choose a network with normalization, or leave the rewrite out"
                    : "choose a network whose normalizations are called by call and not by forward, or leave the rewrite out"));
        }

        var groups = ParameterGroup.Of(objective.Network, [.. run.Plan.Settings.Groups.Select(group => group.Name)], invariance);
        var optimizer = Create(run, groups, invariance, growth);
        try
        {
            return new ExponentialParts(optimizer, invariance, ScaleCheck.Run(run, objective, optimizer, invariance));
        }
        catch
        {
            optimizer.Dispose();
            throw;
        }
    }

    private static ExponentialSgd Create(
        TrainingTask run, IReadOnlyList<ParameterGroup> groups, ScaleInvariance invariance, ExponentialGrowth growth)
    {
        try
        {
            return new ExponentialSgd(groups, invariance, growth);
        }
        catch (InvalidInputException exception)
        {
            var findings = exception.Findings.Select(finding => finding.Under(nameof(run.Rewrite), $"{run.Rewrite}"));
            throw new InvalidInputException([.. findings], exception);
        }
    }
}
