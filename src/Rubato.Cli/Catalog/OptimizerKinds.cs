using Rubato.Language;
using Rubato.Torch.Optimizers;

namespace Rubato.Cli.Catalog;

/// <summary>The optimizers with their options, and the rates, momenta and weight decays that they usually take.</summary>
internal static class OptimizerKinds
{
    internal static OptimizerKind Sgd { get; } = new(
        "sgd",
        "stochastic gradient descent with heavy-ball momentum; option buffer",
        usualRate: 0.05,
        usualMomentum: 0.9,
        usualWeightDecay: null,
        BuildSgd(nesterov: false));

    internal static OptimizerKind Nesterov { get; } = new(
        "nesterov",
        "stochastic gradient descent with Nesterov momentum; option buffer",
        usualRate: 0.05,
        usualMomentum: 0.9,
        usualWeightDecay: null,
        BuildSgd(nesterov: true));

    internal static OptimizerKind Adam { get; } = new(
        "adam", "Adam; options beta2, eps", usualRate: 0.001, usualMomentum: 0.9, usualWeightDecay: 0, BuildAdam(decoupled: false));

    internal static OptimizerKind AdamW { get; } = new(
        "adamw",
        "Adam with decoupled weight decay; options beta2, eps",
        usualRate: 0.001,
        usualMomentum: 0.9,
        usualWeightDecay: 0.01,
        BuildAdam(decoupled: true));

    internal static OptimizerKind RmsProp { get; } = new(
        "rmsprop",
        "RMSprop; options alpha, eps",
        usualRate: 0.001,
        usualMomentum: 0,
        usualWeightDecay: 0,
        options =>
        {
            var alpha = options.TakeNumber("alpha", 0.99, value => value is >= 0 and < 1, "at least 0 and below 1");
            var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
            options.Finish();
            return groups => new Torch.Optimizers.RmsProp(groups, alpha, epsilon);
        });

    internal static OptimizerKind Adagrad { get; } = new(
        "adagrad",
        "Adagrad; option eps",
        usualRate: 0.01,
        usualMomentum: null,
        usualWeightDecay: 0,
        options =>
        {
            var epsilon = options.TakeNumber("eps", 1e-10, value => value > 0, "above 0");
            options.Finish();
            return groups => new Torch.Optimizers.Adagrad(groups, epsilon);
        });

    internal static OptimizerKind Adadelta { get; } = new(
        "adadelta",
        "Adadelta; options rho, eps",
        usualRate: 1.0,
        usualMomentum: null,
        usualWeightDecay: 0,
        options =>
        {
            var rho = options.TakeNumber("rho", 0.9, value => value is >= 0 and < 1, "at least 0 and below 1");
            var epsilon = options.TakeNumber("eps", 1e-6, value => value > 0, "above 0");
            options.Finish();
            return groups => new Torch.Optimizers.Adadelta(groups, rho, epsilon);
        });

    internal static OptimizerKind AdamP { get; } = new(
        "adamp",
        "Adam without growth of scale-invariant weights; options beta2, eps, delta, wd-ratio, nesterov",
        usualRate: 0.001,
        usualMomentum: 0.9,
        usualWeightDecay: 0.01,
        options =>
        {
            var beta2 = options.TakeNumber("beta2", 0.999, value => value is >= 0 and < 1, "at least 0 and below 1");
            var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
            var delta = options.TakeNumber("delta", 0.1, value => value >= 0, "at least 0");
            var decayRatio = options.TakeNumber("wd-ratio", 0.1, value => value is >= 0 and <= 1, "at least 0 and at most 1");
            var nesterov = options.TakeWord("nesterov", "false", "true", "false") == "true";
            options.Finish();
            return groups => new Torch.Optimizers.AdamP(groups, beta2, epsilon, delta, decayRatio, nesterov);
        });

    internal static OptimizerKind Sgdp { get; } = new(
        "sgdp",
        "momentum SGD without growth of scale-invariant weights; options delta, wd-ratio, eps, dampening, nesterov",
        usualRate: 0.05,
        usualMomentum: 0.9,
        usualWeightDecay: null,
        options =>
        {
            var delta = options.TakeNumber("delta", 0.1, value => value >= 0, "at least 0");
            var decayRatio = options.TakeNumber("wd-ratio", 0.1, value => value is >= 0 and <= 1, "at least 0 and at most 1");
            var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
            var dampening = options.TakeNumber("dampening", 0, value => value is >= 0 and < 1, "at least 0 and below 1");
            var nesterov = options.TakeWord("nesterov", "false", "true", "false") == "true";
            options.Finish();
            return groups => new Torch.Optimizers.Sgdp(groups, nesterov, dampening, epsilon, delta, decayRatio);
        });

    internal static OptimizerKind Lamb { get; } = new(
        "lamb",
        "LAMB: Adam with steps in proportion to each tensor's norm; options beta2, eps, bias-correction",
        usualRate: 0.01,
        usualMomentum: 0.9,
        usualWeightDecay: 0.01,
        options =>
        {
            var beta2 = options.TakeNumber("beta2", 0.999, value => value is >= 0 and < 1, "at least 0 and below 1");
            var epsilon = options.TakeNumber("eps", 1e-6, value => value > 0, "above 0");
            var biasCorrection = options.TakeWord("bias-correction", "true", "true", "false") == "true";
            options.Finish();
            return groups => new Torch.Optimizers.Lamb(groups, beta2, epsilon, biasCorrection);
        });

    internal static OptimizerKind Lars { get; } = new(
        "lars",
        "LARS: momentum SGD with rates in proportion to each tensor's norm; option trust",
        usualRate: 2,
        usualMomentum: 0.9,
        usualWeightDecay: 5e-4,
        options =>
        {
            var trust = options.TakeNumber("trust", 0.001, value => value > 0, "above 0");
            options.Finish();
            return groups => new Torch.Optimizers.Lars(groups, trust);
        });

    private static Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> BuildSgd(bool nesterov) => options =>
    {
        var rescales = options.TakeWord("buffer", "keep", "keep", "rescale") == "rescale";
        options.Finish();
        return groups => new Torch.Optimizers.Sgd(groups, nesterov, rescales);
    };

    private static Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> BuildAdam(bool decoupled) => options =>
    {
        var beta2 = options.TakeNumber("beta2", 0.999, value => value is >= 0 and < 1, "at least 0 and below 1");
        var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
        options.Finish();
        return groups => new Torch.Optimizers.Adam(groups, decoupled, beta2, epsilon);
    };
}
