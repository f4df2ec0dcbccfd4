using Rubato.Torch.Memory;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Drives an optimizer of TorchSharp, or any other <see cref="optim.Optimizer"/>, by a plan. Each update writes its hyper-parameters into
/// the optimizer and calls its <c>step</c>, so the formula is the optimizer's.
/// </summary>
/// <remarks>
/// <para>Each <see cref="ParameterGroup"/> has an optimizer of its own. Its param groups all receive the same values: the learning rate,
/// the momentum or beta1, and the option <c>weight_decay</c>. Beta2 and all other options keep the values of the constructor.</para>
/// <para>Call <see cref="Require"/> before a run, since not every optimizer can follow every plan. Formulas of TorchSharp treat moving
/// values differently from Rubato's own. Adam, AdamW, Adamax and RAdam correct the bias as if beta1 had always had its present value.
/// TorchSharp's RAdam multiplies by the rate twice as soon as it rectifies the variance. ASGD alone would use each rate one update late;
/// here its formula is given the present rate.</para>
/// <para>A <see cref="Snapshots.Snapshot"/> holds the <c>OptimizerState</c> of each parameter. LBFGS has none and is refused there.</para>
/// </remarks>
public sealed class TorchSharpOptimizer : Optimizer
{
    private readonly List<TorchSharpGroup> _made = [];

    /// <summary>Makes the optimizers.</summary>
    /// <param name="groups">The parameters, each a <see cref="Parameter"/> of a module; owned from here on.</param>
    /// <param name="create">
    /// Makes an optimizer of exactly the given parameters; called once for each group, in order. The optimizers are owned from here on.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A parameter is there twice, a tensor is no <see cref="Parameter"/>, or an optimizer was made of other parameters.
    /// </exception>
    /// <exception cref="InvalidInputException">An optimizer has no param groups into which values could be written.</exception>
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
    /// The momentum or beta1 from the constructor of the first group's optimizer, as a default for a plan. Null if it has neither.
    /// </summary>
    public double? Momentum => _made.Count == 0 ? null : _made[0].Momentum;

    /// <summary>
    /// The weight decay from the constructor of the first group's optimizer, as a default for a plan. Null if it has none.
    /// </summary>
    public double? WeightDecay => _made.Count == 0 ? null : _made[0].WeightDecay;

    /// <summary>Checks that the optimizer can follow a plan. This may visit every update, unless momentum and decay are constant.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="InvalidInputException">
    /// The optimizer has no momentum or no weight decay, but the plan has; it keeps the rate of its constructor (Rprop); it needs a closure
    /// (LBFGS); the momentum is 0 in an update (SGD with Nesterov momentum), or comes back from 0 (SGD, RMSProp). All findings at once.
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
