using System.Globalization;
using Rubato.Language;

namespace Rubato.Cli.Catalog;

/// <summary>The networks with their options, and the rates and weight decays that they usually take.</summary>
internal static class NetworkKinds
{
    /// <summary>The solvers' rate in their first stage, with momentum 0.9.</summary>
    private const double CaffeRate = 0.001;

    /// <summary>The solvers' weight decay.</summary>
    private const double CaffeWeightDecay = 0.004;

    private static readonly int[] Depths = [20, 32, 44, 56, 110];

    internal static NetworkKind Mlp { get; } = new(
        "mlp(SIZE, ..., norm none|batch, dropout P)",
        "a multi-layer perceptron; hidden sizes 256, 128 unless given",
        name => name == "mlp",
        ReadMlp);

    internal static NetworkKind ConvNet { get; } = new(
        "convnet(CHANNELS, ..., norm batch|none, dropout P)",
        "3x3 convolutions with batch normalization and ReLU; channels 16, 32, 64 unless given (24k parameters on 28x28)",
        name => name == "convnet",
        ReadConvNet);

    internal static NetworkKind Cifar10Quick { get; } = new(
        "cifar10-quick(norm none|batch)",
        "Caffe's quick CIFAR-10 network",
        name => name == "cifar10-quick",
        ReadCifar10Quick);

    internal static NetworkKind Cifar10Full { get; } = new(
        "cifar10-full",
        "Caffe's full CIFAR-10 network, with local response normalization within channels",
        name => name == "cifar10-full",
        ReadCifar10Full);

    internal static NetworkKind ResNet { get; } = new(
        "resnet-20|32|44|56|110",
        "the CIFAR ResNets of He et al. 2016",
        name => DepthOf(name) is not null,
        ReadResNet);

    internal static NetworkKind WideResNet { get; } = new(
        "wrn-D-K(dropout P)",
        "wide ResNets of depth D = 6 n + 4 and width K, such as wrn-16-4",
        name => Numbers(name) is not null,
        ReadWideResNet);

    private static NetworkDesign ReadMlp(CallExpression options)
    {
        var sizes = options.TakeSizes("a hidden size");
        var normalize = options.TakeWord("norm", "none", "none", "batch") == "batch";
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        return new NetworkDesign(input => new Torch.Networks.Mlp(input, sizes.Count > 0 ? sizes : [256, 128], normalize, dropout));
    }

    private static NetworkDesign ReadConvNet(CallExpression options)
    {
        var sizes = options.TakeSizes("a number of channels");
        var channels = sizes.Count > 0 ? sizes : [16, 32, 64];
        var normalize = options.TakeWord("norm", "batch", "batch", "none") == "batch";
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.ToString(), 1 << Math.Min(channels.Count - 1, 20));
            return new Torch.Networks.ConvNet(input, channels, normalize, dropout);
        })
        {
            IsConvolutional = true,
            // With the mean of each channel before its last layer it underfits at lower rates: 98.5 % of MNIST after 5 epochs at 0.05 and
            // 5e-4.
            UsualSgdRate = normalize ? 0.3 : null,
            UsualWeightDecay = 1e-4,
        };
    }

    private static NetworkDesign ReadCifar10Quick(CallExpression options)
    {
        var normalize = options.TakeWord("norm", "none", "none", "batch") == "batch";
        options.Finish();
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.ToString(), 8);
            return new Torch.Networks.Cifar10Quick(input, normalize);
        })
        {
            IsConvolutional = true,
            WantsRawPixels = !normalize,
            UsualSgdRate = normalize ? null : CaffeRate,
            UsualWeightDecay = normalize ? 5e-4 : CaffeWeightDecay,
        };
    }

    private static NetworkDesign ReadCifar10Full(CallExpression options)
    {
        options.Finish();
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.ToString(), 8);
            return new Torch.Networks.Cifar10Full(input);
        })
        {
            IsConvolutional = true,
            WantsRawPixels = true,
            UsualSgdRate = CaffeRate,
            UsualWeightDecay = CaffeWeightDecay,
        };
    }

    private static NetworkDesign ReadResNet(CallExpression options)
    {
        options.Finish();
        var depth = DepthOf(options.Name)
            ?? throw new InvalidInputException(new Finding(NetworkCatalog.Subject, options.Name, "which has no depth"));
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.ToString(), 8);
            return new Torch.Networks.ResNet(input, depth);
        })
        {
            IsConvolutional = true,
            UsualWeightDecay = 1e-4,
        };
    }

    private static NetworkDesign ReadWideResNet(CallExpression options)
    {
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        var (depth, factor) = Numbers(options.Name)
            ?? throw new InvalidInputException(new Finding(NetworkCatalog.Subject, options.Name, "which has no depth"));
        if (depth < 10 || (depth - 4) % 6 != 0 || factor is < 1 or > 64 || depth > 1000)
        {
            throw new InvalidInputException(new Finding(
                NetworkCatalog.Subject,
                options.ToString(),
                "but depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64",
                "for instance wrn-16-4"));
        }

        return new NetworkDesign(input =>
        {
            input.RequireImage(options.ToString(), 8);
            return new Torch.Networks.WideResNet(input, depth, factor, dropout);
        })
        {
            IsConvolutional = true,
        };
    }

    private static int? DepthOf(string name) =>
        Depths.Where(depth => name == $"resnet-{depth}").Select(depth => (int?)depth).FirstOrDefault();

    private static (int Depth, int Factor)? Numbers(string name) =>
        name.Split('-') is ["wrn", var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var factor)
        && name == $"wrn-{depth}-{factor}"
            ? (depth, factor)
            : null;
}
