using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A transformer over 16 patches of 7 by 7 pixels, whose blocks normalize first, as GPT-2's (arXiv 2002.04745).</summary>
internal sealed class PreNormTransformer : Module<Tensor, Tensor>
{
    private const int Side = 7;
    private const int Across = 28 / Side;
    private const int Width = 32;

    private readonly Linear _embedding = Linear(Side * Side, Width);
    private readonly Parameter _positions = Parameter(zeros(Across * Across, Width));
    private readonly Sequential _blocks = Sequential(new Block(), new Block());
    private readonly LayerNorm _norm = LayerNorm(Width);
    private readonly Linear _output = Linear(Width, 10);

    internal PreNormTransformer()
        : base(nameof(PreNormTransformer)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var patches = input.reshape(-1, Across, Side, Across, Side).permute(0, 1, 3, 2, 4).reshape(-1, Across * Across, Side * Side);
        return _output.call(_norm.call(_blocks.call(_embedding.call(patches) + _positions)).mean([1]));
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly LayerNorm _norm1 = LayerNorm(Width);
        private readonly Linear _query = Linear(Width, Width);
        private readonly Linear _key = Linear(Width, Width);
        private readonly Linear _value = Linear(Width, Width);
        private readonly Linear _mix = Linear(Width, Width);
        private readonly LayerNorm _norm2 = LayerNorm(Width);
        private readonly Linear _wide = Linear(Width, 2 * Width);
        private readonly Linear _narrow = Linear(2 * Width, Width);

        internal Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var normed = _norm1.call(input);
            var mixed = input + _mix.call(functional.scaled_dot_product_attention(
                _query.call(normed), _key.call(normed), _value.call(normed)));
            return mixed + _narrow.call(functional.gelu(_wide.call(_norm2.call(mixed))));
        }
    }
}
