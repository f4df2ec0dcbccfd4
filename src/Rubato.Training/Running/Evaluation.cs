using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Training.Running;

/// <summary>Loss and accuracy of a network in evaluation mode.</summary>
/// <param name="Loss">The mean loss over all examples.</param>
/// <param name="Accuracy">The share of examples whose largest output is that of the label, 0..1.</param>
internal readonly record struct Evaluation(double Loss, double Accuracy)
{
    // Chosen, not fitted: fills the threads, and activations of a convolutional network stay in the hundreds of megabytes.
    private const int BatchSize = 500;

    /// <summary>Evaluates a network, whose parameters and buffers stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="reader">Reads the examples.</param>
    /// <param name="chosen">The examples to evaluate, at least one; null for all.</param>
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
