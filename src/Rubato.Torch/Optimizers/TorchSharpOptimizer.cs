using Rubato.Torch.Memory;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// An optimizer of TorchSharp's, or a user's own <see cref="optim.Optimizer"/>, driven by a plan: each update writes its values and takes
/// the optimizer's step. The formula is the optimizer's own.
/// </summary>
/// <remarks>
/// <para>Each <see cref="ParameterGroup"/> has an optimizer of its own, whose groups all get the same values: the rate; as momentum the
/// option of that name, or beta1 (beta2 stays what it is); and the option <c>weight_decay</c>. Other options stay what they were made
/// with.</para>
/// <para>Call <see cref="Require"/> before a run: it tells what the optimizer cannot follow. What its formula makes of values that move is
/// not always what Rubato's own optimizers make of them. Adam, AdamW, Adamax and RAdam correct their bias as if beta1 had been the present
/// one from the start. RAdam multiplies by the rate twice, once its variance is rectified.
/// ASGD would step with the rate of the update before; here its rate is made by its own formula from the present one.</para>
/// <para>A <see cref="Snapshots.Snapshot"/> sees what an optimizer keeps in an <c>OptimizerState</c> for each parameter, as TorchSharp's
/// do, but for LBFGS.</para>
/// </remarks>
public sealed class TorchSharpOptimizer : Optimizer
{
    private readonly List<TorchSharpGroup> _made = [];

    /// <summary>Makes the optimizers.</summary>
    /// <param name="groups">The parameters, each a <see cref="Parameter"/> of a module; owned from here on.</param>
    /// <param name="create">
    /// Makes the optimizer of exactly these parameters; called once for each group, in their order. What it makes is owned from here on.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A parameter is there twice, is no <see cref="Parameter"/>, or <paramref name="create"/> made an optimizer of others.
    /// </exception>
    /// <exception cref="InvalidInputException">The optimizer has no parameter groups into which values could be written.</exception>
    public TorchSharpOptimizer(IReadOnlyList<ParameterGroup> groups, Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
        : base(groups)
    {
        ArgumentNullException.ThrowIfNull(create);
        try
        {
            foreach (var group in groups)
            {
                _made.Add(TorchSharpGroup.Of(group, create));
            }
        }
        catch
        {
            _made.ForEach(made => made.Dispose());
            throw;
        }
    }

    /// <summary>
    /// The momentum, or beta1, that the first group's optimizer was made with, for a plan that says none; null if it has none.
    /// </summary>
    public double? Momentum => _made.Count == 0 ? null : _made[0].Momentum;

    /// <summary>The weight decay that the first group's optimizer was made with, for a plan that says none; null if it has none.</summary>
    public double? WeightDecay => _made.Count == 0 ? null : _made[0].WeightDecay;

    /// <summary>Checks that the optimizer can follow a plan; one with schedules that move may be walked update by update.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="InvalidInputException">
    /// The plan needs what the optimizer does not have or does wrong: a momentum, a weight decay, a rate that differs from the one it was
    /// made with (Rprop), steps without a closure (LBFGS), a momentum that is 0 in some update (SGD with Nesterov momentum), or one that
    /// comes back from 0 (SGD, RMSProp). All findings at once.
    /// </exception>
    public void Require(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var findings = new TorchSharpLimits(plan).FindingsOf(_made);
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    /// <inheritdoc/>
    internal override OptimizerStateCopy CopyState() => new TorchSharpStateCopy(_made);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _made.ForEach(made => made.Dispose());
        }

        base.Dispose(disposing);
    }

    // The gradients are still the leaves' own, where the optimizer looks for them.
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters) =>
        _made[group].Step(hyperParameters);
}
