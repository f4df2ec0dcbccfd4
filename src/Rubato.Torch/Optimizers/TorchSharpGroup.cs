using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>A group of parameters with its TorchSharp optimizer; writes values into it and calls its step.</summary>
internal sealed class TorchSharpGroup : IDisposable
{
    private readonly optim.Optimizer _optimizer;
    private readonly optim.ILearningRateController[] _controllers;

    private TorchSharpGroup(ParameterGroup parameters, optim.Optimizer optimizer)
    {
        (Parameters, _optimizer, Name) = (parameters, optimizer, NameOf(optimizer.GetType()));
        _controllers = [.. optimizer.ParamGroups ?? []];
        if (_controllers.Length == 0)
        {
            throw new InvalidInputException(new Finding(
                Name,
                null,
                "has no parameter groups, into which a plan's values could be written",
                "give it one that is an ILearningRateController, as those of an OptimizerHelper are"));
        }

        Momentum = MomentumOf(_controllers[0]);
        WeightDecay = TorchSharpDecay.Read(_controllers[0]);
        FixedRates = optimizer is Rprop ? [.. _controllers.Select(controller => controller.LearningRate).Distinct()] : [];
    }

    /// <summary>The parameters, with their multipliers.</summary>
    internal ParameterGroup Parameters { get; }

    /// <summary>The optimizer's name in messages, such as <c>TorchSharp's SGD</c>.</summary>
    internal string Name { get; }

    /// <summary>The momentum or beta1 from the optimizer's constructor; null if it has neither.</summary>
    internal double? Momentum { get; }

    /// <summary>The weight decay from the optimizer's constructor; null if it has none.</summary>
    internal double? WeightDecay { get; }

    /// <summary>The rates from the constructor of an optimizer that ignores later ones; empty if it follows them.</summary>
    internal IReadOnlyList<double> FixedRates { get; }

    /// <summary>Whether a step evaluates the loss several times, through a closure.</summary>
    internal bool NeedsClosure => _optimizer is LBFGS;

    /// <summary>Whether the momentum is Nesterov's.</summary>
    internal bool IsNesterov => _controllers.Any(controller => controller is ParamGroup<SGD.Options> { Options.nesterov: true });

    /// <summary>
    /// Rubato's optimizer of the same formula, if this one leaves its buffer unchanged while the momentum is 0; otherwise null.
    /// </summary>
    internal string? TwinWithBuffer => _optimizer switch
    {
        SGD => nameof(Sgd),
        RMSProp => nameof(RmsProp),
        _ => null,
    };

    /// <summary>The optimizer as the holder of a visible state for each parameter; null if its state is not visible.</summary>
    internal OptimizerHelper? StateHolder => _optimizer as OptimizerHelper;

    /// <summary>Makes the optimizer of a group.</summary>
    /// <exception cref="ArgumentException">
    /// A tensor of the group is no parameter, or the optimizer was made of other parameters.
    /// </exception>
    /// <exception cref="InvalidInputException">The optimizer has no parameter groups.</exception>
    internal static TorchSharpGroup Of(ParameterGroup group, Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
    {
        var parameters = group.Parameters.OfType<Parameter>().ToList();
        if (parameters.Count < group.Parameters.Length)
        {
            throw new ArgumentException(
                "A tensor of a group is no Parameter, as TorchSharp's optimizers want; take a module's.", nameof(group));
        }

        var optimizer = create(parameters) ?? throw new ArgumentException("No optimizer was made for a group.", nameof(create));
        try
        {
            if (optimizer is OptimizerHelper && !AreSame(optimizer.parameters(), parameters))
            {
                throw new ArgumentException(
                    "The optimizer that was made for a group has other parameters; make it of those that are handed over.", nameof(create));
            }

            return new TorchSharpGroup(group, optimizer);
        }
        catch
        {
            optimizer.Dispose();
            throw;
        }
    }

    /// <summary>Writes an update's values and calls the optimizer's step, which reads the gradients of the parameters.</summary>
    /// <param name="values">The values for this group, its multipliers included.</param>
    /// <exception cref="InvalidOperationException">The optimizer cannot follow a value; nothing has changed.</exception>
    internal void Step(in HyperParameters values)
    {
        RequireToFollow(values);
        foreach (var controller in _controllers)
        {
            controller.LearningRate = values.LearningRate;
            if (controller is optim.IMomentum heavy)
            {
                heavy.Momentum = values.Momentum;
            }
            else if (controller is optim.IBetas adam)
            {
                adam.Betas = (values.Momentum, adam.Betas.Item2);
            }

            TorchSharpDecay.Write(controller, values.WeightDecay);
        }

        if (_optimizer is ASGD averaged)
        {
            ActAtOnce(averaged);
        }

        _optimizer.step()?.Dispose();
    }

    /// <summary>Frees the optimizer and its state, not the parameters.</summary>
    public void Dispose() => _optimizer.Dispose();

    private static bool AreSame(IEnumerable<Parameter> some, IEnumerable<Parameter> others) =>
        some.Select(parameter => parameter.Handle).Order().SequenceEqual(others.Select(parameter => parameter.Handle).Order());

    private static string NameOf(Type type) =>
        type.Assembly == typeof(OptimizerHelper).Assembly ? $"TorchSharp's {type.Name}" : $"the optimizer {type.Name}";

    private static double? MomentumOf(optim.ILearningRateController controller) => controller switch
    {
        optim.IMomentum heavy => heavy.Momentum,
        optim.IBetas adam => adam.Betas.Item1,
        _ => null,
    };

    // ASGD computes the rate of a step at the end of the step before. The same formula before the step lets the present rate act at once.
    private static void ActAtOnce(ASGD optimizer)
    {
        var states = optimizer.state_dict().State;
        var place = 0;
        foreach (var group in optimizer.ParamGroups.Cast<ParamGroup<ASGD.Options>>())
        {
            var (rate, fall, power) = (group.LearningRate, group.Options.lambd!.Value, group.Options.alpha!.Value);
            foreach (var state in states.Skip(place).Take(group.Parameters.Count()).Cast<ASGD.State>())
            {
                state.eta = rate / Math.Pow(1 + (fall * rate * state.step), power);
                place++;
            }
        }
    }

    // A check of the plan is not enough, since a controller may decide other values.
    private void RequireToFollow(in HyperParameters values)
    {
        var (rate, momentum, decay) = (values.LearningRate, values.Momentum, values.WeightDecay);
        if (momentum != 0 && Momentum is null)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{Name} has no momentum, but an update has {momentum}."));
        }

        if (decay != 0 && WeightDecay is null)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{Name} has no weight decay, but an update has {decay}."));
        }

        if (FixedRates.Any(made => made != rate))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{Name} keeps the rate that it was made with, {FixedRates[0]}, but an update has {rate}."));
        }
    }
}
