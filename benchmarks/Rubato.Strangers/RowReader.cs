using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A GRU that reads an image row by row, and classifies it by its last state.</summary>
internal sealed class RowReader : Module<Tensor, Tensor>
{
    private readonly GRU _memory = GRU(28, 64, batchFirst: true);
    private readonly Linear _output = Linear(64, 10);

    internal RowReader()
        : base(nameof(RowReader)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var (states, _) = _memory.call(input.squeeze(1));
        return _output.call(states[.., -1]);
    }
}
