using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Peers;

/// <summary>TorchSharp's own optimizers with the constants of ../README.md.</summary>
internal static class Optimizers
{
    public static optim.Optimizer Create(Settings settings, nn.Module<Tensor, Tensor> network)
    {
        var (parameters, rate, decay) = (network.parameters(), settings.Rate, settings.Decay);
        return settings.OptimizerName switch
        {
            "sgd" when network is Cifar10Full => CaffesSgd(network, rate, decay),
            "sgd" => optim.SGD(parameters, rate, momentum: 0.9, weight_decay: decay),
            "nesterov" => optim.SGD(parameters, rate, momentum: 0.9, weight_decay: decay, nesterov: true),
            "adam" => optim.Adam(parameters, rate, weight_decay: decay),
            "adamw" => optim.AdamW(parameters, rate, weight_decay: decay),
            "rmsprop" => optim.RMSProp(parameters, rate, weight_decay: decay),
            "adagrad" => optim.Adagrad(parameters, rate, weight_decay: decay),
            "adadelta" => optim.Adadelta(parameters, rate, weight_decay: decay),
            _ => throw new ArgumentException($"There is no optimizer '{settings.OptimizerName}'.", nameof(settings)),
        };
    }

    private static SGD CaffesSgd(nn.Module<Tensor, Tensor> network, double rate, double decay) => optim.SGD(
        network.named_parameters().Select(named =>
        {
            var by = Cifar10Full.Multipliers(named.name);
            return new SGD.ParamGroup([named.parameter], rate * by.Rate, momentum: 0.9, weight_decay: decay * by.Decay);
        }),
        rate);
}
