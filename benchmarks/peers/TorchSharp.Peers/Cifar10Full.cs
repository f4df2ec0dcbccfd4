using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Peers;

/// <summary>Caffe's cifar10_full. Pools are 3x3, stride 2, ceil: 32 -> 16 -> 8 -> 4.</summary>
internal sealed class Cifar10Full : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 32, 5, padding: 2);
    private readonly Conv2d conv2 = Conv2d(32, 32, 5, padding: 2);
    private readonly Conv2d conv3 = Conv2d(32, 64, 5, padding: 2);
    private readonly Linear ip1 = Linear(1024, 10);

    public Cifar10Full()
        : base(nameof(Cifar10Full)) => RegisterComponents();

    /// <summary>Caffe's multipliers of a parameter's rate and decay.</summary>
    public static (double Rate, double Decay) Multipliers(string parameter) => parameter switch
    {
        "conv1.bias" or "conv2.bias" => (2, 1),
        "ip1.weight" => (1, 250),
        "ip1.bias" => (2, 0),
        _ => (1, 1),
    };

    public override Tensor forward(Tensor input)
    {
        var x = Norm(F.relu(F.max_pool2d(conv1.call(input), 3, stride: 2, ceil_mode: true)));
        x = Norm(F.avg_pool2d(F.relu(conv2.call(x)), 3, stride: 2, ceil_mode: true));
        x = F.avg_pool2d(F.relu(conv3.call(x)), 3, stride: 2, ceil_mode: true);
        return ip1.call(x.flatten(1));
    }

    // x * (1 + alpha * mean of x^2 over 3 x 3, zeros outside counted)^-beta.
    private static Tensor Norm(Tensor x) => x * (1 + (5e-5 * F.avg_pool2d(x * x, 3, stride: 1, padding: 1))).pow(-0.75);
}
