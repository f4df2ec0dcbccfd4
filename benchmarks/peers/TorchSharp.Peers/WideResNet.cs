using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Peers;

internal sealed class WideResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly WideGroup block1;
    private readonly WideGroup block2;
    private readonly WideGroup block3;
    private readonly BatchNorm2d bn1;
    private readonly Linear fc;

    public WideResNet(int depth, int width)
        : base(nameof(WideResNet))
    {
        var blocks = (depth - 4) / 6;
        conv1 = Conv2d(3, 16, 3, padding: 1, bias: false);
        block1 = new WideGroup(16, 16 * width, 1, blocks);
        block2 = new WideGroup(16 * width, 32 * width, 2, blocks);
        block3 = new WideGroup(32 * width, 64 * width, 2, blocks);
        bn1 = BatchNorm2d(64 * width);
        fc = Linear(64 * width, 10);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = block3.call(block2.call(block1.call(conv1.call(input))));
        x = F.adaptive_avg_pool2d(F.relu(bn1.call(x), inplace: true), 1);
        return fc.call(x.flatten(1));
    }

    private sealed class WideGroup : Module<Tensor, Tensor>
    {
        private readonly Sequential layer;

        public WideGroup(int inputs, int outputs, int stride, int blocks)
            : base(nameof(WideGroup))
        {
            layer = Sequential(Enumerable.Range(0, blocks).Select(Module<Tensor, Tensor> (i) =>
                new WideBlock(i == 0 ? inputs : outputs, outputs, i == 0 ? stride : 1)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => layer.call(input);
    }

    private sealed class WideBlock : Module<Tensor, Tensor>
    {
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn2;
        private readonly Conv2d conv2;
        private readonly Conv2d? convShortcut;

        public WideBlock(int inputs, int outputs, int stride)
            : base(nameof(WideBlock))
        {
            bn1 = BatchNorm2d(inputs);
            conv1 = Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
            bn2 = BatchNorm2d(outputs);
            conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
            convShortcut = inputs == outputs ? null : Conv2d(inputs, outputs, 1, stride: stride, bias: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var active = F.relu(bn1.call(input), inplace: true);
            var x = conv2.call(F.relu(bn2.call(conv1.call(active)), inplace: true));
            return x + (convShortcut is null ? input : convShortcut.call(active));
        }
    }
}
