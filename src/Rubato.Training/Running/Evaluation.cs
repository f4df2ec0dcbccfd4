using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Training.Running;

/// <summary>How well a network does on examples it is not trained on.</summary>
/// <param name="Loss">The mean loss over all examples.</param>
/// <param name="Accuracy">The share whose largest output is the label's, 0..1.</param>
internal readonly record struct Evaluation(double Loss, double Accuracy)
{
    // Large enough to fill the threads, small enough that activations of a convolutional network stay in the hundreds of megabytes.
    private const int BatchSize = 500;

    /// <summary>Evaluates in evaluation mode; nothing of the network changes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="reader">Where the examples are.</param>
    /// <param name="chosen">Which of them, at least one; null for all.</param>
    internal static Evaluation Of(
        Module<Tensor, Tensor> network, Func<Tensor, Tensor, Tensor> loss, BatchReader reader, int[]? chosen = null)
    {
        using var noGrad = no_grad();
        network.eval();
        var count = chosen?.Length ?? reader.Examples.Count;
        Span<int> indices = stackalloc int[BatchSize];
        var (lossSum, correct) = (0.0, 0.0);
        for (var start = 0; start < count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            var batch = indices[..Math.Min(BatchSize, count - start)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = chosen is null ? start + i : chosen[start + i];
            }

            var (inputs, labels) = reader.Read(batch);
            var outputs = network.call(inputs);
            lossSum += MemoryOrder.Number(loss(outputs, labels)) * batch.Length;
            correct += outputs.argmax(1).eq(labels).sum().item<long>();
        }

        return new Evaluation(lossSum / count, correct / count);
    }
}
