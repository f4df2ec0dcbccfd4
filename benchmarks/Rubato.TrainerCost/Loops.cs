using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.TrainerCost;

/// <summary>One epoch after another of the same training, in three ways.</summary>
internal sealed class Loops(Func<Module<Tensor, Tensor>> build, bool isConvolutional, Tensor inputs, Tensor labels, int batch, int updates)
{
    private const double Rate = 0.05;
    private const double Momentum = 0.9;
    private const double Decay = 5e-4;

    private readonly MemoryFormat _format = isConvolutional ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;

    /// <summary>By the trainer: a plan, a listener that hears nothing, no folder.</summary>
    /// <param name="threads">Threads inside an operator; null leaves them to the trainer.</param>
    internal void ByTrainer(int? threads)
    {
        using var network = build();
        var settings = new TrainerSettings
        {
            Length = Duration.Batches(updates),
            BatchSize = batch,
            Optimizer = OptimizerChoice.Sgd(),
            WeightDecay = Decay,
            Threads = threads,
        };
        _ = new Trainer(network, Samples.Of(inputs, labels), Losses.CrossEntropy, settings).Fit(Schedule.Constant(Rate));
    }

    /// <summary>By hand, with the same optimizer, order of memory, gradient norm and loss.</summary>
    internal void ByHand()
    {
        using var network = build();
        network.MoveTo(CPU, _format);
        network.train();
        using var optimizer = new Sgd(ParameterGroup.Of(network), nesterov: false);
        var values = new HyperParameters(Rate, batch, Momentum, Decay);
        var order = new BatchOrder((int)inputs.shape[0], seed: 0);
        for (var update = 0; update < updates; update++)
        {
            using var scope = NewDisposeScope();
            var rows = Rows(order.Next((long)update * batch, batch));
            var loss = Losses.CrossEntropy(
                network.call(MemoryOrder.Arrange(inputs.index_select(0, rows), _format)), labels.index_select(0, rows));
            loss.backward();
            optimizer.TakeGradients();
            _ = optimizer.GradientNorm();
            optimizer.Step(values);
            _ = MemoryOrder.Number(loss);
        }
    }

    /// <summary>As users of TorchSharp write it: its own optimizer, and images in its default order.</summary>
    internal void AsWritten()
    {
        using var network = build();
        network.train();
        using var optimizer = optim.SGD(network.parameters(), Rate, Momentum, weight_decay: Decay);
        var order = new BatchOrder((int)inputs.shape[0], seed: 0);
        for (var update = 0; update < updates; update++)
        {
            using var scope = NewDisposeScope();
            var rows = Rows(order.Next((long)update * batch, batch));
            optimizer.zero_grad();
            var loss = functional.cross_entropy(network.call(inputs.index_select(0, rows)), labels.index_select(0, rows));
            loss.backward();
            optimizer.step();
            _ = loss.item<float>();
        }
    }

    /// <summary>The same with TorchSharp's own loader, as in its examples: it reads each sample by itself, and joins them.</summary>
    internal void WithLoader()
    {
        using var network = build();
        network.train();
        using var optimizer = optim.SGD(network.parameters(), Rate, Momentum, weight_decay: Decay);
        using var data = TorchSharp.torch.utils.data.TensorDataset(inputs, labels);
        using var loader = TorchSharp.torch.utils.data.DataLoader(data, batch, shuffle: true, device: CPU);
        for (var update = 0; update < updates;)
        {
            foreach (var read in loader)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = functional.cross_entropy(network.call(read[0]), read[1]);
                loss.backward();
                optimizer.step();
                _ = loss.item<float>();
                if (++update == updates)
                {
                    break;
                }
            }
        }
    }

    private static Tensor Rows(ReadOnlySpan<int> indices)
    {
        var rows = empty([indices.Length], ScalarType.Int64);
        var numbers = MemoryOrder.AsSpan<long>(rows);
        for (var i = 0; i < indices.Length; i++)
        {
            numbers[i] = indices[i];
        }

        return rows;
    }
}
