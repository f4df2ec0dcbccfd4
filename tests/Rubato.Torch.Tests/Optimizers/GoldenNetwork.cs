using System.Text.Json;
using Rubato.Torch.Layers;
using Rubato.Torch.Losses;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>The network of <c>tests/golden/optimizers</c> with its initial values, and its batches.</summary>
internal sealed class GoldenNetwork : IDisposable
{
    private readonly JsonElement[] _batches;

    public GoldenNetwork()
    {
        var data = Golden.Read("optimizers/network.json");
        _batches = [.. data.GetProperty("batches").EnumerateArray()];
        Layers = new Sequential([new WithoutBias(5, 6), new BatchNorm(5), new Linear(5, 3)]);
        var state = Layers.StateTensors().ToDictionary();
        using var scope = TensorScope.Begin();
        foreach (var entry in data.GetProperty("initial").EnumerateArray())
        {
            Ops.Copy(
                Ops.Detach(state[entry.GetProperty("name").GetString()!]),
                Numbers.Of(entry.Numbers("values"), entry.Integers("shape")));
        }
    }

    public Sequential Layers { get; }

    /// <summary>Forward and backward on one batch; gives its loss.</summary>
    public double Backward(int step)
    {
        using var scope = TensorScope.Begin();
        float[] inputs = [.. _batches[step].Numbers("inputs").Select(number => (float)number)];
        var loss = new CrossEntropy().Of(
            Layers.Forward(Ops.From<float>(inputs, [4, 6]), ForwardMode.Training), Ops.From<long>(_batches[step].Integers("labels"), [4]));
        loss.Backward();
        return loss.Item();
    }

    public void Dispose() => Layers.Dispose();

    private sealed class WithoutBias : Layer
    {
        private readonly Parameter _weight;

        public WithoutBias(long outputs, long inputs) => _weight = AddParameter("weight", Ops.Zeros([outputs, inputs]));

        public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.Linear(input, _weight.Value, bias: null);
    }
}
