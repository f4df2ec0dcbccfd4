using Rubato.Language;
using Rubato.Torch;

namespace Rubato.Cli.Catalog;

/// <summary>The optimizers with their options, and the rates, momenta and weight decays that they usually take.</summary>
internal static class OptimizerKinds
{
    internal static OptimizerKind Sgd { get; } = new(
        OptimizerChoice.Sgd(),
        "stochastic gradient descent with heavy-ball momentum; option buffer",
        BuildSgd(nesterov: false));

    internal static OptimizerKind Nesterov { get; } = new(
        OptimizerChoice.Sgd(nesterov: true),
        "stochastic gradient descent with Nesterov momentum; option buffer",
        BuildSgd(nesterov: true));

    internal static OptimizerKind Adam { get; } = new(
        OptimizerChoice.Adam(),
        "Adam; options beta2, eps",
        BuildAdam(decoupled: false));

    internal static OptimizerKind AdamW { get; } = new(
        OptimizerChoice.AdamW(),
        "Adam with decoupled weight decay; options beta2, eps",
        BuildAdam(decoupled: true));

    internal static OptimizerKind RmsProp { get; } = new(
        OptimizerChoice.RmsProp(),
        "RMSprop; options alpha, eps",
        (kind, options) =>
        {
            var alpha = Fraction(options, "alpha", 0.99);
            var epsilon = Positive(options, "eps", 1e-8);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.RmsProp(groups, alpha, epsilon));
        });

    internal static OptimizerKind Adagrad { get; } = new(
        OptimizerChoice.Adagrad(),
        "Adagrad; option eps",
        (kind, options) =>
        {
            var epsilon = Positive(options, "eps", 1e-10);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.Adagrad(groups, epsilon));
        });

    internal static OptimizerKind Adadelta { get; } = new(
        OptimizerChoice.Adadelta(),
        "Adadelta; options rho, eps",
        (kind, options) =>
        {
            var rho = Fraction(options, "rho", 0.9);
            var epsilon = Positive(options, "eps", 1e-6);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.Adadelta(groups, rho, epsilon));
        });

    internal static OptimizerKind AdamP { get; } = new(
        OptimizerChoice.AdamP(),
        "Adam without growth of scale-invariant weights; options beta2, eps, delta, wd-ratio, nesterov",
        (kind, options) =>
        {
            var beta2 = Fraction(options, "beta2", 0.999);
            var epsilon = Positive(options, "eps", 1e-8);
            var delta = Delta(options);
            var decayRatio = DecayRatio(options);
            var nesterov = Switch(options, "nesterov", usual: false);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.AdamP(groups, beta2, epsilon, delta, decayRatio, nesterov));
        });

    internal static OptimizerKind Sgdp { get; } = new(
        OptimizerChoice.Sgdp(),
        "momentum SGD without growth of scale-invariant weights; options delta, wd-ratio, eps, dampening, nesterov",
        (kind, options) =>
        {
            var delta = Delta(options);
            var decayRatio = DecayRatio(options);
            var epsilon = Positive(options, "eps", 1e-8);
            var dampening = Fraction(options, "dampening", 0);
            var nesterov = Switch(options, "nesterov", usual: false);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.Sgdp(groups, nesterov, dampening, epsilon, delta, decayRatio));
        });

    internal static OptimizerKind Lamb { get; } = new(
        OptimizerChoice.Lamb(),
        "LAMB: Adam with steps in proportion to each tensor's norm; options beta2, eps, bias-correction",
        (kind, options) =>
        {
            var beta2 = Fraction(options, "beta2", 0.999);
            var epsilon = Positive(options, "eps", 1e-6);
            var biasCorrection = Switch(options, "bias-correction", usual: true);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.Lamb(groups, beta2, epsilon, biasCorrection));
        });

    internal static OptimizerKind Lars { get; } = new(
        OptimizerChoice.Lars(),
        "LARS: momentum SGD with rates in proportion to each tensor's norm; option trust",
        (kind, options) =>
        {
            var trust = Positive(options, "trust", 0.001);
            options.Finish();
            return new(kind, groups => new Torch.Optimizers.Lars(groups, trust));
        });

    private static Func<OptimizerKind, CallExpression, OptimizerDesign> BuildSgd(bool nesterov) => (kind, options) =>
    {
        var rescales = options.TakeWord("buffer", "keep", "keep", "rescale") == "rescale";
        options.Finish();
        return new(kind, groups => new Torch.Optimizers.Sgd(groups, nesterov, rescales))
        {
            HasExponentialForm = !nesterov && !rescales,
        };
    };

    private static Func<OptimizerKind, CallExpression, OptimizerDesign> BuildAdam(bool decoupled) => (kind, options) =>
    {
        var beta2 = Fraction(options, "beta2", 0.999);
        var epsilon = Positive(options, "eps", 1e-8);
        options.Finish();
        return new(kind, groups => new Torch.Optimizers.Adam(groups, decoupled, beta2, epsilon));
    };

    private static double Fraction(CallExpression options, string key, double usual) =>
        options.TakeNumber(key, usual, value => value is >= 0 and < 1, "at least 0 and below 1");

    private static double Positive(CallExpression options, string key, double usual) =>
        options.TakeNumber(key, usual, value => value > 0, "above 0");

    private static double Delta(CallExpression options) => options.TakeNumber("delta", 0.1, value => value >= 0, "at least 0");

    private static double DecayRatio(CallExpression options) =>
        options.TakeNumber("wd-ratio", 0.1, value => value is >= 0 and <= 1, "at least 0 and at most 1");

    private static bool Switch(CallExpression options, string key, bool usual) =>
        options.TakeWord(key, usual ? "true" : "false", "true", "false") == "true";
}
