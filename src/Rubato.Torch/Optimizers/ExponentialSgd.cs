using Rubato.Rewrites;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// SGD with heavy-ball momentum in exponential form: scale-invariant weights have a growing learning rate instead of weight decay. The
/// network's function is that of <see cref="Sgd"/> with the same hyper-parameters. All other parameters are updated as by
/// <see cref="Sgd"/>.
/// </summary>
/// <remarks>
/// <para>
/// Weights w~ are stored as <c>c w~</c> and buffers v~ as <c>v~ / c</c>. The power of two c keeps them near those of the run with weight
/// decay for any number of updates (see <see cref="ScaleShift"/>). Some values follow the length of the weights: running statistics, the
/// constant that a normalization adds to the variance, and biases before it. So the function is the same in evaluation, too.
/// </para>
/// <para>
/// The growth of each group is part of the state, which snapshots keep. Li and Arora 2019, "An Exponential Learning Rate Schedule for Deep
/// Learning", arXiv 1910.07454, Theorems 2.12 and 2.13. Owns its groups and its state.
/// </para>
/// </remarks>
public sealed class ExponentialSgd : Optimizer
{
    private readonly ExponentialGrowth _growth;
    private readonly TensorList[] _velocity;
    private readonly double[][] _states;
    private readonly ScaleFollowers?[] _followers;
    private readonly double[] _logRates;
    private readonly int _reported;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">
    /// The parameters, from <see cref="ParameterGroup.Of(nn.Module, IReadOnlyList{string}, ScaleInvariance?)"/> with the same invariance;
    /// owned from here on.
    /// </param>
    /// <param name="invariance">The scale-invariant weights of the network.</param>
    /// <param name="growth">The form of the growth.</param>
    /// <exception cref="InvalidInputException">
    /// There is no scale-invariant weight, or weights with one common length are in groups with different schedules.
    /// </exception>
    public ExponentialSgd(IReadOnlyList<ParameterGroup> groups, ScaleInvariance invariance, ExponentialGrowth growth)
        : base(groups)
    {
        ArgumentNullException.ThrowIfNull(invariance);
        ArgumentNullException.ThrowIfNull(growth);
        _growth = growth;
        _velocity = StateOfZeros();
        _states = [.. Enumerable.Range(0, GrowthState.Numbers).Select(_ => StateOfNumbers(0))];
        _logRates = StateOfNumbers(double.NaN);
        _followers = FollowersOf(invariance);
        _reported = Enumerable.Range(0, groups.Count).Where(group => _followers[group] is not null).MinBy(group => groups[group].PlanGroup);
    }

    /// <summary>
    /// The natural logarithm of the growing rate at the last update; NaN before the first. It is that of the weights that follow the plan
    /// itself. If none of these grow, it is that of the first group of the plan that grows.
    /// </summary>
    public double LogRate => _logRates[_reported];

    /// <summary>
    /// Scales weights, buffers and running statistics to those of the run with weight decay, up to rounding errors. Use it before weights
    /// are written to a file, or to go on with <see cref="Sgd"/>. Updates in exponential form can go on afterwards, too.
    /// </summary>
    public void ReturnToWeightDecay()
    {
        using var noGrad = no_grad();
        for (var group = 0; group < Groups.Count; group++)
        {
            ReturnToWeightDecay(group);
        }
    }

    /// <inheritdoc/>
    internal override void StateRestored()
    {
        for (var group = 0; group < Groups.Count; group++)
        {
            SetScale(group, StateOf(group).Scale);
        }
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var velocity = _velocity[group];
        if (_followers[group] is not { } followers)
        {
            HeavyBall.Update(
                parameters,
                gradients,
                velocity,
                hyperParameters.LearningRate,
                hyperParameters.Momentum,
                hyperParameters.WeightDecay);
            return;
        }

        var state = StateOf(group);
        if (!_growth.CanFollow(hyperParameters, state))
        {
            // The gradients are those of weights as they were kept.
            Multiply(gradients, state.Scale);
            ReturnToWeightDecay(group);
            state = default;
        }

        var step = _growth.Next(hyperParameters, state);
        if (step.BufferCorrection != 0)
        {
            Add(velocity, parameters, step.BufferCorrection);
        }

        HeavyBall.Update(parameters, gradients, velocity, step.LearningRate, step.Momentum, decay: 0);
        if (step.ShiftFactor != 1)
        {
            Multiply(parameters, step.ShiftFactor);
            Multiply(velocity, 1 / step.ShiftFactor);
        }

        followers.Follow(step.ScaleFactor);
        SetScale(group, step.After.Scale);
        _logRates[group] = step.LogRate;
        Keep(group, step.After);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var followers in _followers)
            {
                followers?.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void ReturnToWeightDecay(int group)
    {
        if (_followers[group] is not { } followers)
        {
            return;
        }

        var state = StateOf(group);
        var scale = state.Scale;
        Multiply(Groups[group].Weights, 1 / scale);
        Multiply(_velocity[group], scale);
        Add(_velocity[group], Groups[group].Weights, state.BufferOffset);
        followers.Follow(1 / scale);
        SetScale(group, 1);
        Keep(group, default);
    }

    private static void Multiply(TensorList tensors, double factor) => ElementwiseUpdate.Run(new Scaling(factor), tensors, tensors);

    private static void Add(TensorList tensors, TensorList others, double factor) =>
        ElementwiseUpdate.Run(new Descent(-factor), tensors, others);

    private void SetScale(int group, double scale)
    {
        _followers[group]?.SetScale(scale);
        Groups[group].Scale = scale;
    }

    private GrowthState StateOf(int group)
    {
        Span<double> numbers = stackalloc double[GrowthState.Numbers];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _states[i][group];
        }

        return GrowthState.From(numbers);
    }

    private void Keep(int group, in GrowthState state)
    {
        Span<double> numbers = stackalloc double[GrowthState.Numbers];
        state.CopyTo(numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            _states[i][group] = numbers[i];
        }
    }

    private ScaleFollowers?[] FollowersOf(ScaleInvariance invariance)
    {
        if (invariance.Parts.IsEmpty)
        {
            throw new InvalidInputException(new Finding("the network has no weights before a normalization, which alone can grow")
            {
                Remedy = "choose one with normalization",
            });
        }

        var places = new Dictionary<nint, (int Group, int Index)>();
        for (var group = 0; group < Groups.Count; group++)
        {
            for (var i = 0; i < Groups[group].Parameters.Length; i++)
            {
                places.Add(Groups[group].Parameters[i].Handle, (group, i));
            }
        }

        var members = Groups.Select(_ => new List<ScaleInvariantPart>()).ToList();
        foreach (var part in invariance.Parts)
        {
            members[GroupOf(part, places)].Add(part);
        }

        return
        [
            .. members.Select(parts => parts.Count == 0 ? null : new ScaleFollowers(
                parts.SelectMany(part => part.Biases).SelectMany(bias => BiasAndBuffer(bias, places)),
                [.. parts.SelectMany(part => part.Normalizations)])),
        ];
    }

    private int GroupOf(ScaleInvariantPart part, Dictionary<nint, (int Group, int Index)> places)
    {
        var groups = part.Weights.Select(weight => places[weight.Handle].Group).ToList();
        for (var i = 1; i < groups.Count; i++)
        {
            if (groups[i] != groups[0])
            {
                throw new InvalidInputException(new Finding(
                    $"'{part.Names[0]}' and '{part.Names[i]}' are added up before they are normalized, so that only their common length "
                    + "has no effect, but they are in parameter groups of different schedules")
                {
                    Remedy = "put them into one group",
                });
            }
        }

        return Groups[groups[0]].IsScaleInvariant
            ? groups[0]
            : throw new ArgumentException(
                "The groups do not keep scale-invariant weights apart; make them with the same invariance.", nameof(places));
    }

    // A frozen bias is in no group, and has no buffer.
    private IEnumerable<Tensor> BiasAndBuffer(Tensor bias, Dictionary<nint, (int Group, int Index)> places) =>
        places.TryGetValue(bias.Handle, out var place) ? [bias, _velocity[place.Group][place.Index]] : [bias];
}
