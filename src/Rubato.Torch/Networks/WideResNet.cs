using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// The wide residual networks of Zagoruyko and Komodakis 2016 (arXiv 1605.07146): pre-activation blocks, three stages of n blocks with
/// 16 k, 32 k, 64 k channels; depth D = 6 n + 4, width k. Names as in the usual PyTorch versions:
/// <c>block1.layer.0.{bn1,conv1,bn2,conv2,convShortcut}</c>.
/// </summary>
public sealed class WideResNet : Module<Tensor, Tensor>, ILengthTraced
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "block1")]
    private readonly Stage _block1;
    [ComponentName(Name = "block2")]
    private readonly Stage _block2;
    [ComponentName(Name = "block3")]
    private readonly Stage _block3;
    [ComponentName(Name = "bn1")]
    private readonly GhostBatchNorm _bn1;
    [ComponentName(Name = "fc")]
    private readonly Linear _fc;

    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, at least 8x8 pixels, and how many classes leave.</param>
    /// <param name="depth">D: 6 n + 4; n at least 1.</param>
    /// <param name="factor">k; at least 1.</param>
    /// <param name="dropout">The probability between the convolutions of a block; in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public WideResNet(InputShape input, int depth, int factor, double dropout = 0)
        : base(nameof(WideResNet))
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(dropout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dropout, 1);
        if (depth < 10 || depth % 6 != 4)
        {
            throw new ArgumentOutOfRangeException(nameof(depth), depth, "depth must be 6 n + 4: 10, 16, 22, ...");
        }

        var blocks = (depth - 4) / 6;
        _conv1 = Residual.Convolution(input.Channels, 16);
        _block1 = new Stage(16, 16 * factor, blocks, stride: 1, dropout);
        _block2 = new Stage(16 * factor, 32 * factor, blocks, stride: 2, dropout);
        _block3 = new Stage(32 * factor, 64 * factor, blocks, stride: 2, dropout);
        _bn1 = new GhostBatchNorm(64 * factor);
        _fc = Linear(64 * factor, input.Classes);
        Initializer.Zeros(_fc.bias!);
        RegisterComponents();
    }

    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        // Holds what is between: outside of a scope the garbage collector could free it while an operator reads it.
        using var scope = NewDisposeScope();
        var output = _block3.call(_block2.call(_block1.call(_conv1.call(input))));
        return _fc.call(GlobalAveragePool.MeanOf(F.relu(_bn1.call(output), inplace: true))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Through(_fc, trace.Homogeneous(trace.InOrder([_conv1, _block1, _block2, _block3, _bn1], input)));
    }

    /// <summary>A stage: blocks under the name <c>layer</c>.</summary>
    private sealed class Stage : Module<Tensor, Tensor>, ILengthTraced
    {
        [ComponentName(Name = "layer")]
        private readonly Sequential _blocks;

        internal Stage(int inputs, int outputs, int blocks, int stride, double dropout)
            : base(nameof(Stage))
        {
            _blocks = Sequential(Enumerable.Range(0, blocks).Select(
                block => new WideBlock(block == 0 ? inputs : outputs, outputs, block == 0 ? stride : 1, dropout)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _blocks.call(input);

        public LengthStream? Trace(LengthStream? input, LengthTrace trace) => trace.Through(_blocks, input);
    }
}
