using System.Text.Json;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>The network of <c>tests/golden/optimizers</c> with its initial values, and its batches.</summary>
internal sealed class GoldenNetwork : IDisposable
{
    private readonly JsonElement[] _batches;
    private readonly ScalarType _type;

    public GoldenNetwork(ScalarType type)
    {
        _type = type;
        var data = Golden.Read("optimizers/network.json");
        _batches = [.. data.GetProperty("batches").EnumerateArray()];
        Layers = Sequential(
            ("0", Linear(6, 5, hasBias: false, dtype: type)), ("1", BatchNorm1d(5, dtype: type)), ("2", (Module<Tensor, Tensor>)Linear(5, 3, dtype: type)));
        Layers.train();
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        var state = Layers.state_dict();
        foreach (var entry in data.GetProperty("initial").EnumerateArray())
        {
            state[entry.GetProperty("name").GetString()!].copy_(Numbers.Of(entry.Numbers("values"), entry.Integers("shape")));
        }
    }

    public Module<Tensor, Tensor> Layers { get; }

    /// <summary>Forward and backward on one batch; gives its loss.</summary>
    public double Backward(int step)
    {
        using var scope = NewDisposeScope();
        var inputs = Numbers.Of(_batches[step].Numbers("inputs"), 4, 6).to(_type);
        var loss = functional.cross_entropy(Layers.call(inputs), tensor(_batches[step].Integers("labels")));
        loss.backward();
        return loss.to(ScalarType.Float64).item<double>();
    }

    public void Dispose() => Layers.Dispose();
}
