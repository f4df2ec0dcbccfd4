using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A transformer encoder of TorchSharp's over 16 patches of 7 by 7 pixels, each normalized after its sum.</summary>
internal sealed class PatchTransformer : Module<Tensor, Tensor>
{
    private const int Side = 7;
    private const int Across = 28 / Side;
    private const int Width = 64;

    private readonly Linear _embedding = Linear(Side * Side, Width);
    private readonly Parameter _positions = Parameter(randn(Across * Across, 1, Width) * 0.02);
    private readonly TransformerEncoder _encoder = TransformerEncoder(TransformerEncoderLayer(Width, 4, 2 * Width, 0.1), 2);
    private readonly LayerNorm _norm = LayerNorm(Width);
    private readonly Linear _output = Linear(Width, 10);

    internal PatchTransformer()
        : base(nameof(PatchTransformer)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        // (N, 1, 28, 28) to (patches, N, pixels), since the encoder's first dimension is the sequence.
        var patches = input.reshape(-1, Across, Side, Across, Side).permute(1, 3, 0, 2, 4).reshape(Across * Across, -1, Side * Side);
        var tokens = _encoder.call(_embedding.call(patches) + _positions, null, null);
        return _output.call(_norm.call(tokens.mean([0])));
    }
}
