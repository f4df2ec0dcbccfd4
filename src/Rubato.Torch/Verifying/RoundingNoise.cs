using Rubato.Torch.Memory;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Verifying;

/// <summary>
/// Changes a network's parameters by rounding errors: each is multiplied by 1 + u or 1 - u. u is the distance from 1 to the next number of
/// the parameter's type.
/// </summary>
internal sealed class RoundingNoise : IDisposable
{
    private const long Stream = 0x726F756E64;
    private readonly List<(Tensor Parameter, Tensor Factors)> _rounded = [];

    internal RoundingNoise(Module network, long seed, long which)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (index, parameter) in network.parameters().Where(parameter => parameter.requires_grad).Index())
        {
            var last = parameter.dtype == ScalarType.Float64 ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);
            var random = new CounterRandom(seed, Stream + which, index);
            var factors = new double[parameter.numel()];
            for (var i = 0; i < factors.Length; i++)
            {
                factors[i] = random.NextBits() % 2 == 0 ? 1 + last : 1 - last;
            }

            var tensor = MemoryOrder.From<double>(factors, parameter.shape).to(parameter.dtype, parameter.device);
            _rounded.Add((parameter, tensor.DetachFromDisposeScope()));
        }
    }

    internal void Apply()
    {
        using var noGrad = no_grad();
        foreach (var (parameter, factors) in _rounded)
        {
            parameter.mul_(factors);
        }
    }

    public void Dispose() => _rounded.ForEach(pair => pair.Factors.Dispose());
}
