using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// A rule that changes parameters by their gradients. Unlike PyTorch's optimizers it keeps no learning rate: every step is given its
/// hyper-parameters.
/// </summary>
/// <remarks>
/// One update: run backward (once a micro-batch), <see cref="TakeGradients"/>, read <see cref="GradientNorm"/> and clip if wanted,
/// <see cref="Step(in HyperParameters, ReadOnlySpan{HyperParameters})"/>. The learning rate stands outside the momentum buffer, as in
/// PyTorch, but for <see cref="Lars"/>. Owns its groups and its state.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly List<TensorList> _lists = [];
    private readonly List<TensorList> _state = [];
    private readonly List<double[]> _numbers = [];

    /// <summary>An optimizer over groups.</summary>
    /// <param name="groups">The groups; owned from here on.</param>
    /// <exception cref="ArgumentException">A parameter is there twice, and would be updated twice.</exception>
    private protected Optimizer(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var parameters = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        if (!groups.SelectMany(group => group.Parameters).All(parameters.Add))
        {
            throw new ArgumentException("A parameter is there twice; put each into one group, once.", nameof(groups));
        }

        Groups = groups;
        PlanGroupCount = groups.Count == 0 ? 0 : groups.Max(group => group.PlanGroup) + 1;
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>
    /// How many groups of a plan the parameters follow: one more than the highest <see cref="ParameterGroup.PlanGroup"/>.
    /// </summary>
    public int PlanGroupCount { get; }

    /// <summary>The results of <see cref="StateOfZeros"/> so far, in the order of the calls; more may follow.</summary>
    internal IReadOnlyList<TensorList> StateTensors => _state;

    /// <summary>The results of <see cref="StateOfNumbers"/>, in the order of the calls.</summary>
    internal IReadOnlyList<double[]> StateNumbers => _numbers;

    /// <summary>Takes the gradients that were computed since the last step, so that they can be measured and applied.</summary>
    /// <exception cref="InvalidOperationException">A parameter has no gradient, or is disposed.</exception>
    public void TakeGradients()
    {
        foreach (var group in Groups)
        {
            group.Gradients.TakeGradients(group.Weights);
        }
    }

    /// <summary>The Euclidean norm of all gradients taken, before weight decay, at the scale of each group; waits for the device.</summary>
    /// <returns>At least 0; NaN or infinite if a gradient is.</returns>
    /// <exception cref="InvalidOperationException">No gradients were taken since the last step.</exception>
    public double GradientNorm()
    {
        RequireGradients();
        var squares = 0.0;
        for (var i = 0; i < Groups.Count; i++)
        {
            squares += Groups[i].Scale * Groups[i].Scale * Groups[i].Gradients.SumOfSquares();
        }

        return Math.Sqrt(squares);
    }

    /// <summary>
    /// Clips the gradients taken by their norm n over all parameters, at the scale of each group: if n is above the limit c, every gradient
    /// is multiplied by c / n. Waits for the device.
    /// </summary>
    /// <param name="limit">c; finite, above 0.</param>
    /// <returns>The factor: c / n in (0, 1), or 1 if n is at most c, or not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not finite or not above 0.</exception>
    /// <exception cref="InvalidOperationException">No gradients were taken since the last step.</exception>
    /// <remarks>
    /// Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks", arXiv 1211.5063, algorithm 1. PyTorch's
    /// <c>clip_grad_norm_</c> divides by n + 1e-6; here n stands alone, so that the norm afterwards is c.
    /// </remarks>
    public double ClipNorm(double limit) => ClipNorm(limit, GradientNorm());

    /// <summary>The same with a norm that is known already.</summary>
    internal double ClipNorm(double limit, double norm)
    {
        RequireLimit(limit);
        RequireGradients();
        if (!(norm > limit && double.IsFinite(norm)))
        {
            return 1;
        }

        var factor = limit / norm;
        for (var i = 0; i < Groups.Count; i++)
        {
            ElementwiseUpdate.Run(new Scaling(factor), Groups[i].Gradients, Groups[i].Gradients);
        }

        return factor;
    }

    /// <summary>
    /// Clips every element of the gradients taken: <c>g = min(max(g, -v), v)</c>, at the scale of each group. PyTorch's
    /// <c>clip_grad_value_</c>.
    /// </summary>
    /// <param name="limit">v; finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not finite or not above 0.</exception>
    /// <exception cref="InvalidOperationException">No gradients were taken since the last step.</exception>
    /// <remarks>An infinite element becomes v, as in PyTorch; NaN stays.</remarks>
    public void ClipValue(double limit)
    {
        RequireLimit(limit);
        RequireGradients();
        for (var i = 0; i < Groups.Count; i++)
        {
            // Gradients are stored divided by the scale.
            ElementwiseUpdate.Run(new Clamping(limit / Groups[i].Scale), Groups[i].Gradients, Groups[i].Gradients);
        }
    }

    /// <summary>Applies the gradients taken, with the same hyper-parameters for all groups, and clears them.</summary>
    /// <param name="hyperParameters">The values of this update; the batch size is not used.</param>
    /// <exception cref="InvalidOperationException">No gradients were taken since the last step.</exception>
    public void Step(in HyperParameters hyperParameters)
    {
        RequireGradients();
        using var noGrad = no_grad();
        for (var i = 0; i < Groups.Count; i++)
        {
            Update(i, hyperParameters);
        }

        DiscardGradients();
    }

    /// <summary>Applies the gradients taken and clears them.</summary>
    /// <param name="hyperParameters">The values for parameters of no group of the plan; the batch size is not used.</param>
    /// <param name="groups">The values for each group of the plan, by <see cref="ParameterGroup.PlanGroup"/>.</param>
    /// <exception cref="ArgumentException">A group's number is beyond <paramref name="groups"/>.</exception>
    /// <exception cref="InvalidOperationException">No gradients were taken since the last step.</exception>
    public void Step(in HyperParameters hyperParameters, ReadOnlySpan<HyperParameters> groups)
    {
        RequireGradients();
        if (groups.Length < PlanGroupCount)
        {
            throw new ArgumentException(
                $"Parameters follow {PlanGroupCount} groups of the plan, but there are values for {groups.Length}.", nameof(groups));
        }

        using var noGrad = no_grad();
        for (var i = 0; i < Groups.Count; i++)
        {
            Update(i, Groups[i].PlanGroup < 0 ? hyperParameters : groups[Groups[i].PlanGroup]);
        }

        DiscardGradients();
    }

    /// <summary>Clears the gradients without applying them: for an update that is skipped.</summary>
    public void DiscardGradients()
    {
        foreach (var group in Groups)
        {
            group.Gradients.Clear();
            group.Weights.ClearGradients();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees groups and state.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (var list in _lists)
        {
            list.Dispose();
        }

        foreach (var group in Groups)
        {
            group.Dispose();
        }
    }

    /// <summary>Changes one group's parameters.</summary>
    /// <param name="group">The group's number.</param>
    /// <param name="parameters">The parameters, which change.</param>
    /// <param name="gradients">Their gradients, which may be overwritten.</param>
    /// <param name="hyperParameters">The values for this group, its multipliers included.</param>
    private protected abstract void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters);

    private void Update(int number, in HyperParameters hyperParameters)
    {
        var group = Groups[number];
        var own = hyperParameters with
        {
            LearningRate = hyperParameters.LearningRate * group.RateMultiplier,
            WeightDecay = hyperParameters.WeightDecay * group.DecayMultiplier,
        };
        Update(number, group.Weights, group.Gradients, own);
    }

    /// <summary>
    /// State of the optimizer: one zero-filled tensor for each parameter of each group. It is part of a <see cref="Snapshots.Snapshot"/>,
    /// and freed with the optimizer. State that is made late counts as zeros before.
    /// </summary>
    /// <returns>A list for each group.</returns>
    private protected TensorList[] StateOfZeros()
    {
        var lists = new TensorList[Groups.Count];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = TensorList.ZerosLike(Groups[i].Weights);
            _lists.Add(lists[i]);
            _state.Add(lists[i]);
        }

        return lists;
    }

    /// <summary>
    /// State of the optimizer: one number for each group. It is part of a <see cref="Snapshots.Snapshot"/>. To be called in the
    /// constructor.
    /// </summary>
    /// <param name="value">The initial value.</param>
    /// <returns>The numbers, by group.</returns>
    private protected double[] StateOfNumbers(double value)
    {
        var numbers = new double[Groups.Count];
        numbers.AsSpan().Fill(value);
        _numbers.Add(numbers);
        return numbers;
    }

    /// <summary>Room for a copy of the optimizer's state, for a <see cref="Snapshots.Snapshot"/>; not filled yet.</summary>
    /// <exception cref="InvalidInputException">A snapshot cannot see all of the optimizer's state.</exception>
    internal virtual OptimizerStateCopy CopyState() => new ListedStateCopy(this);

    /// <summary>Makes all state that would be made later, so that a snapshot from a file finds its place.</summary>
    internal virtual void MakeAllState()
    {
    }

    /// <summary>Called after a snapshot has restored the state; recomputes all values that follow from the state.</summary>
    internal virtual void StateRestored()
    {
    }

    /// <summary>Room for one result a parameter of each group, of undefined content between updates, freed with the optimizer.</summary>
    /// <returns>A list for each group.</returns>
    private protected TensorList[] RoomForEach()
    {
        var lists = new TensorList[Groups.Count];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = TensorList.ZerosLike(Groups[i].Weights);
            _lists.Add(lists[i]);
        }

        return lists;
    }

    /// <summary>L2 regularization: <c>gradient += decay * weight</c>.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="gradient">The gradient, which changes.</param>
    /// <param name="decay">The coefficient; 0 does nothing.</param>
    internal static void AddDecay<TVector>(TVector weight, TVector gradient, double decay)
        where TVector : struct, IVector<TVector>, allows ref struct
    {
        if (decay != 0)
        {
            gradient.Add(weight, decay);
        }
    }

    private static void RequireLimit(double limit)
    {
        if (!(double.IsFinite(limit) && limit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "limit must be a finite number above 0.");
        }
    }

    private void RequireGradients()
    {
        foreach (var group in Groups)
        {
            if (!group.Gradients.IsFilled)
            {
                throw new InvalidOperationException("There are no gradients; call TakeGradients first.");
            }
        }
    }
}
