using Rubato.Numerics;
using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Training.Verifying;

/// <summary>Rounds a network's parameters differently: each is multiplied by 1 + u or 1 - u, u being the distance of 1 to the next number of its type.</summary>
internal sealed class RoundingNoise : IDisposable
{
    private const long Stream = 0x726F756E64;
    private readonly List<(Parameter Parameter, Tensor Factors)> _rounded = [];

    internal RoundingNoise(Layer network, long seed, long which)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        foreach (var (index, named) in network.NamedParameters().Where(named => named.Value.IsTrained).Index())
        {
            var parameter = named.Value;
            var last = parameter.Value.ScalarType == ScalarType.Float64 ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);
            var random = new CounterRandom(seed, Stream + which, index);
            var factors = new double[parameter.Value.ElementCount];
            for (var i = 0; i < factors.Length; i++)
            {
                factors[i] = random.NextBits() % 2 == 0 ? 1 + last : 1 - last;
            }

            var tensor = Ops.To(Ops.To(Ops.From<double>(factors, parameter.Value.Shape), parameter.Value.ScalarType), parameter.Value.Device);
            _rounded.Add((parameter, scope.Keep(tensor).Persist()));
        }
    }

    internal void Apply()
    {
        using var noGrad = Autograd.NoGrad();
        foreach (var (parameter, factors) in _rounded)
        {
            Ops.MultiplyInPlace(parameter.Value, factors);
        }
    }

    public void Dispose() => _rounded.ForEach(pair => pair.Factors.Dispose());
}
