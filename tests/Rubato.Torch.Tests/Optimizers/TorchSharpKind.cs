using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>One of TorchSharp's optimizers, and its options by their own names: nothing here is shared with what is tested.</summary>
internal sealed record TorchSharpKind(
    string Name,
    Func<IReadOnlyList<Parameter>, optim.Optimizer> Create,
    Action<OptimizerOptions, double, double> Write,
    Func<OptimizerOptions, (double? Momentum, double? Decay)> Read)
{
    public const double MadeRate = 0.01;

    public static IReadOnlyList<TorchSharpKind> All { get; } =
    [
        Sgd("sgd", p => optim.SGD(p, MadeRate, momentum: 0.9, weight_decay: 0.01)),
        Sgd("sgd-bare", p => optim.SGD(p, MadeRate)),
        Sgd("sgd-dampened", p => optim.SGD(p, MadeRate, momentum: 0.9, dampening: 0.3)),
        Sgd("nesterov", p => optim.SGD(p, MadeRate, momentum: 0.9, nesterov: true)),
        new(
            "adam",
            p => optim.Adam(p, MadeRate, weight_decay: 0.01),
            (options, momentum, decay) => (((Adam.Options)options).beta1, ((Adam.Options)options).weight_decay) = (momentum, decay),
            options => (((Adam.Options)options).beta1, ((Adam.Options)options).weight_decay)),
        new(
            "amsgrad",
            p => optim.Adam(p, MadeRate, amsgrad: true),
            (options, momentum, decay) => (((Adam.Options)options).beta1, ((Adam.Options)options).weight_decay) = (momentum, decay),
            options => (((Adam.Options)options).beta1, ((Adam.Options)options).weight_decay)),
        new(
            "adamw",
            p => optim.AdamW(p, MadeRate, amsgrad: true),
            (options, momentum, decay) => (((AdamW.Options)options).beta1, ((AdamW.Options)options).weight_decay) = (momentum, decay),
            options => (((AdamW.Options)options).beta1, ((AdamW.Options)options).weight_decay)),
        new(
            "adamax",
            p => optim.Adamax(p, MadeRate),
            (options, momentum, decay) => (((Adamax.Options)options).beta1, ((Adamax.Options)options).weight_decay) = (momentum, decay),
            options => (((Adamax.Options)options).beta1, ((Adamax.Options)options).weight_decay)),
        new(
            "nadam",
            p => optim.NAdam(p, MadeRate),
            (options, momentum, decay) => (((NAdam.Options)options).beta1, ((NAdam.Options)options).weight_decay) = (momentum, decay),
            options => (((NAdam.Options)options).beta1, ((NAdam.Options)options).weight_decay)),
        new(
            "radam",
            p => optim.RAdam(p, MadeRate),
            (options, momentum, decay) => (((RAdam.Options)options).beta1, ((RAdam.Options)options).weight_decay) = (momentum, decay),
            options => (((RAdam.Options)options).beta1, ((RAdam.Options)options).weight_decay)),
        RmsProp("rmsprop", p => optim.RMSProp(p, MadeRate, momentum: 0.5)),
        RmsProp("rmsprop-centered", p => optim.RMSProp(p, MadeRate, centered: true)),
        new(
            "adagrad",
            p => optim.Adagrad(p, MadeRate, lr_decay: 0.1),
            (options, _, decay) => ((Adagrad.Options)options).weight_decay = decay,
            options => (null, ((Adagrad.Options)options).weight_decay)),
        new(
            "adadelta",
            p => optim.Adadelta(p, MadeRate),
            (options, _, decay) => ((Adadelta.Options)options).weight_decay = decay,
            options => (null, ((Adadelta.Options)options).weight_decay)),
        new(
            "asgd",
            p => optim.ASGD(p, MadeRate, lambd: 0.1, t0: 3),
            (options, _, decay) => ((ASGD.Options)options).weight_decay = decay,
            options => (null, ((ASGD.Options)options).weight_decay)),
        new("rprop", p => optim.Rprop(p, MadeRate), (_, _, _) => { }, _ => (null, null)),
    ];

    public static TheoryData<string> Names => [.. All.Select(kind => kind.Name)];

    public bool FollowsRate => Name != "rprop";

    public bool HasMomentum => Name is not ("adagrad" or "adadelta" or "asgd" or "rprop");

    public bool HasDecay => Name != "rprop";

    public static TorchSharpKind Of(string name) => All.Single(kind => kind.Name == name);

    /// <summary>What somebody would write by hand before each step.</summary>
    public void Step(optim.Optimizer optimizer, double rate, double momentum, double decay)
    {
        foreach (var group in optimizer.ParamGroups.Cast<ParamGroup>())
        {
            group.Options.LearningRate = rate;
            Write(group.Options, momentum, decay);
        }

        if (optimizer is ASGD averaged)
        {
            foreach (var state in averaged.state_dict().State.Cast<ASGD.State>())
            {
                state.eta = rate / Math.Pow(1 + (0.1 * rate * state.step), 0.75);
            }
        }

        optimizer.step();
    }

    public override string ToString() => Name;

    private static TorchSharpKind Sgd(string name, Func<IReadOnlyList<Parameter>, optim.Optimizer> create) => new(
        name,
        create,
        (options, momentum, decay) => (((SGD.Options)options).momentum, ((SGD.Options)options).weight_decay) = (momentum, decay),
        options => (((SGD.Options)options).momentum, ((SGD.Options)options).weight_decay));

    private static TorchSharpKind RmsProp(string name, Func<IReadOnlyList<Parameter>, optim.Optimizer> create) => new(
        name,
        create,
        (options, momentum, decay) => (((RMSProp.Options)options).momentum, ((RMSProp.Options)options).weight_decay) = (momentum, decay),
        options => (((RMSProp.Options)options).momentum, ((RMSProp.Options)options).weight_decay));
}
