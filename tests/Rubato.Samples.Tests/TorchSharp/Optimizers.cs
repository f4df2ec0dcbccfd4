using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.Tests.TorchSharp;

/// <summary>TorchSharp's optimizers, by name. They start at a rate of 0.1, and with weight decay 0.</summary>
internal static class Optimizers
{
    /// <summary>Those that have weight decay.</summary>
    public static string[] Decaying => ["SGD", "RMSProp", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "Adagrad", "Adadelta", "ASGD"];

    /// <summary>Those that have none.</summary>
    public static string[] Others => ["Rprop", "LBFGS"];

    public static Optimizer Create(string name, IEnumerable<Parameter> parameters) => name switch
    {
        "SGD" => SGD(parameters, 0.1, momentum: 0.9),
        "RMSProp" => RMSProp(parameters, 0.1, momentum: 0.9),
        "Adam" => Adam(parameters, 0.1, beta2: 0.99),
        "AdamW" => AdamW(parameters, 0.1, beta2: 0.99, weight_decay: 0),
        "Adamax" => Adamax(parameters, 0.1, beta2: 0.99),
        "NAdam" => NAdam(parameters, 0.1, beta2: 0.99),
        "RAdam" => RAdam(parameters, 0.1, beta2: 0.99),
        "Adagrad" => Adagrad(parameters, 0.1),
        "Adadelta" => Adadelta(parameters, 0.1),
        "ASGD" => ASGD(parameters, 0.1),
        "Rprop" => Rprop(parameters, 0.1),
        _ => LBFGS(parameters, 0.1),
    };
}
