using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Peers;

/// <summary>The four networks, as a user of TorchSharp writes them after <c>networks.py</c>.</summary>
internal static class Networks
{
    public static Module<Tensor, Tensor> Create(string name) => name switch
    {
        "mlp" => Sequential(Flatten(), Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10)),
        "convnet" => ConvNet(),
        "cifar10-full" => new Cifar10Full(),
        _ => new WideResNet(16, 4),
    };

    private static Sequential ConvNet() => Sequential(
        Conv2d(1, 16, 3, padding: 1, bias: false),
        BatchNorm2d(16),
        ReLU(),
        MaxPool2d(2),
        Conv2d(16, 32, 3, padding: 1, bias: false),
        BatchNorm2d(32),
        ReLU(),
        MaxPool2d(2),
        Conv2d(32, 64, 3, padding: 1, bias: false),
        BatchNorm2d(64),
        ReLU(),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(64, 10));
}
