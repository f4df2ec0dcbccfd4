using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Objectives;

/// <summary>A loss of batches of any type.</summary>
internal sealed class BatchObjective<TBatch>(Module network, ISamples<TBatch> samples, Func<TBatch, Tensor> loss)
    : Objective(network, samples.Count)
{
    internal override Tensor Loss(ReadOnlySpan<int> indices, in SampleDraw draw) => loss(samples.Read(indices, draw));

    internal override string Describe(ReadOnlySpan<int> indices, in SampleDraw draw) => $"{indices.Length} as a {typeof(TBatch).Name}";

    internal override Evaluation Sum(ReadOnlySpan<int> indices) =>
        new(MemoryOrder.Number(Loss(indices, SampleDraw.Evaluation)) * indices.Length, double.NaN);

    internal override Tensor Outputs(ReadOnlySpan<int> indices) =>
        throw new NotSupportedException($"The outputs for a batch of the type {typeof(TBatch).Name} are not known.");
}
