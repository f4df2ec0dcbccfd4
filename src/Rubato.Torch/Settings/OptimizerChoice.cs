using Rubato.Torch.Optimizers;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rubato.Torch;

/// <summary>Which optimizer trains, with the values that it usually takes: what is left open in a run is filled in from here.</summary>
/// <remarks>
/// The optimizer itself is made for each run, after the network has moved to its device. Immutable. Two are equal only if they share their
/// function.
/// </remarks>
public sealed record OptimizerChoice
{
    // The usual decay of networks with normalization, chosen: the networks of this repository take 1e-4 to 5e-4.
    private const double SgdWeightDecay = 5e-4;

    // Fitted on five small tasks (docs/find.md): the rate of the lowest loss lies 2 to 8 times above the best maximum of one cycle.
    private const double TrustRatioMargin = 4;

    private const double UsualHorizonLean = 0.1;

    // Fitted on small tasks: the rate that Adagrad divides falls by itself as its sum of squares grows.
    private const double AdagradHorizonLean = -0.3;

    private OptimizerChoice(
        string name,
        double usualRate,
        double? usualMomentum,
        double usualWeightDecay,
        Func<IReadOnlyList<ParameterGroup>, Optimizer> create)
    {
        (Name, UsualRate, UsualMomentum, UsualWeightDecay, Create) = (name, usualRate, usualMomentum, usualWeightDecay, create);
    }

    /// <summary>What it is called in records, such as <c>adamw</c>, or TorchSharp's name of the type.</summary>
    public string Name { get; init; }

    /// <summary>The usual peak of the learning rate; above 0.</summary>
    public double UsualRate { get; init; }

    /// <summary>The usual momentum or beta1; null if it has none.</summary>
    public double? UsualMomentum { get; init; }

    /// <summary>The usual weight decay; at least 0.</summary>
    public double UsualWeightDecay { get; init; }

    /// <summary>Whether updates grow with the gradient, as those of SGD, so that a larger batch lets the rate grow more.</summary>
    public bool GrowsWithGradient { get; init; }

    /// <summary>
    /// How far the best peak of a longer run lies below that of a shorter one, in decades for each decade of updates; below 0 if it lies
    /// above, since the steps become smaller by themselves. See <see cref="Control.RehearsalSettings.HorizonLean"/>.
    /// </summary>
    public double HorizonLean { get; init; } = UsualHorizonLean;

    /// <summary>
    /// Whether an update is the rate times a sum of gradients, so that the rate over the squared length of the weights says how far it
    /// turns them.
    /// </summary>
    public bool HasEffectiveRate { get; init; }

    /// <summary>Whether weight decay can be written as a growing rate; see <see cref="Rewrites.ExponentialRewrite"/>.</summary>
    public bool HasExponentialForm { get; init; }

    /// <summary>
    /// How far the maximum rate stays below the one at which a range test has the lowest loss; at least 1. See
    /// <see cref="Rubato.RangeTests.RangeSuggestionSettings.Margin"/>.
    /// </summary>
    public double RangeMargin { get; init; } = 1;

    /// <summary>Makes the optimizer for groups, which it then owns.</summary>
    public Func<IReadOnlyList<ParameterGroup>, Optimizer> Create { get; init; }

    /// <summary>
    /// The momentum that a run takes if none is given: <see cref="UsualMomentum"/>, but under <see cref="Rate.RangeTested"/> with one cycle
    /// against the rate, from 0.95 to 0.85 and back (Smith 2018, arXiv 1803.09820, section 4.3; bounds of fastai and PyTorch), and under
    /// <see cref="Rate.Polyak"/> 0: along a sum of gradients the rule takes too high a rate (docs/polyak.md).
    /// </summary>
    /// <param name="rate">The learning rate.</param>
    /// <returns>The schedule; null if the optimizer has no momentum.</returns>
    internal Schedule? MomentumUnder(Rate rate) =>
        UsualMomentum is not { } momentum ? null
        : momentum > 0 && rate is RangeTestedRate { Policy: CyclePolicy.OneCycle } ? TrainerSettings.OneCycleMomentum
        : rate is PolyakRate ? 0
        : momentum;

    /// <summary>Stochastic gradient descent with momentum.</summary>
    /// <param name="nesterov">Whether the momentum is Nesterov's.</param>
    /// <returns>The choice: usually rate 0.05, momentum 0.9, weight decay 5e-4.</returns>
    public static OptimizerChoice Sgd(bool nesterov = false) =>
        new(nesterov ? "nesterov" : "sgd", 0.05, 0.9, SgdWeightDecay, groups => new Optimizers.Sgd(groups, nesterov))
        {
            GrowsWithGradient = true,
            HasEffectiveRate = true,
            HasExponentialForm = !nesterov,
        };

    /// <summary>Adam, whose weight decay is added to the gradient.</summary>
    /// <returns>The choice: usually rate 0.001, beta1 0.9, no weight decay.</returns>
    public static OptimizerChoice Adam() => new("adam", 0.001, 0.9, 0, groups => new Optimizers.Adam(groups, decoupled: false));

    /// <summary>Adam with decoupled weight decay.</summary>
    /// <returns>The choice: usually rate 0.001, beta1 0.9, weight decay 0.01.</returns>
    public static OptimizerChoice AdamW() => new("adamw", 0.001, 0.9, 0.01, groups => new Optimizers.Adam(groups, decoupled: true));

    /// <summary>Adam without growth of scale-invariant weights.</summary>
    /// <returns>The choice: usually rate 0.001, beta1 0.9, weight decay 0.01.</returns>
    public static OptimizerChoice AdamP() => new("adamp", 0.001, 0.9, 0.01, groups => new Optimizers.AdamP(groups));

    /// <summary>Momentum SGD without growth of scale-invariant weights.</summary>
    /// <returns>The choice: usually rate 0.05, momentum 0.9, weight decay 5e-4.</returns>
    public static OptimizerChoice Sgdp() =>
        new("sgdp", 0.05, 0.9, SgdWeightDecay, groups => new Optimizers.Sgdp(groups)) { GrowsWithGradient = true };

    /// <summary>LAMB: Adam with steps in proportion to each tensor's norm, for large batches.</summary>
    /// <returns>The choice: usually rate 0.01, beta1 0.9, weight decay 0.01.</returns>
    public static OptimizerChoice Lamb() => new("lamb", 0.01, 0.9, 0.01, groups => new Optimizers.Lamb(groups))
    {
        RangeMargin = TrustRatioMargin,
    };

    /// <summary>LARS: momentum SGD with rates in proportion to each tensor's norm, for large batches.</summary>
    /// <returns>The choice: usually rate 2, momentum 0.9, weight decay 5e-4.</returns>
    public static OptimizerChoice Lars() => new("lars", 2, 0.9, SgdWeightDecay, groups => new Optimizers.Lars(groups))
    {
        RangeMargin = TrustRatioMargin,
    };

    /// <summary>RMSprop.</summary>
    /// <returns>The choice: usually rate 0.001, momentum 0, no weight decay.</returns>
    public static OptimizerChoice RmsProp() => new("rmsprop", 0.001, 0, 0, groups => new Optimizers.RmsProp(groups));

    /// <summary>Adagrad.</summary>
    /// <returns>The choice: usually rate 0.01, no momentum, no weight decay.</returns>
    public static OptimizerChoice Adagrad() => new("adagrad", 0.01, null, 0, groups => new Optimizers.Adagrad(groups))
    {
        HorizonLean = AdagradHorizonLean,
    };

    /// <summary>Adadelta.</summary>
    /// <returns>The choice: usually rate 1, no momentum, no weight decay.</returns>
    public static OptimizerChoice Adadelta() => new("adadelta", 1, null, 0, groups => new Optimizers.Adadelta(groups));

    /// <summary>
    /// An optimizer of TorchSharp's, such as <c>OptimizerChoice.Of(parameters => optim.AdamW(parameters, 1e-3))</c>. What it is made with
    /// counts as usual.
    /// </summary>
    /// <param name="create">
    /// Makes the optimizer of exactly these parameters. It is called once here, for a parameter of one number, and once in each run for
    /// each parameter group.
    /// </param>
    /// <returns>The choice.</returns>
    /// <exception cref="InvalidInputException">
    /// The optimizer has no learning rate that could be written, or one that is not above 0.
    /// </exception>
    public static OptimizerChoice Of(Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        using var scope = NewDisposeScope();
        using var probe = new Parameter(zeros(1));
        using var group = new ParameterGroup([probe]);
        using var made = new TorchSharpOptimizer([group], create);
        using var own = create([probe]);
        var (name, rate) = (own.GetType().Name, own.ParamGroups.First().LearningRate);
        return rate > 0 && double.IsFinite(rate)
            ? new OptimizerChoice(name, rate, made.Momentum, made.WeightDecay ?? 0, groups => new TorchSharpOptimizer(groups, create))
            {
                GrowsWithGradient = own is TorchSharp.Modules.SGD or TorchSharp.Modules.ASGD,
                HorizonLean = own is TorchSharp.Modules.Adagrad ? AdagradHorizonLean : UsualHorizonLean,
            }
            : throw new InvalidInputException(new Finding(
                "learning rate", rate, $"and {name} was made with it", "make it with its usual rate, above 0"));
    }
}
