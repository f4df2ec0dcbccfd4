using System.Collections.Immutable;
using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Objectives;

/// <summary>A loss of batches of any type.</summary>
internal sealed class BatchObjective<TBatch>(
    Module network, ISamples<TBatch> samples, Func<TBatch, Tensor> loss, ImmutableArray<Metric<TBatch>> metrics)
    : Objective(network, samples.Count)
{
    internal override ImmutableArray<string> Metrics { get; } = [.. metrics.Select(metric => metric.Name)];

    internal override Tensor Loss(ReadOnlySpan<int> indices, in SampleDraw draw) => loss(samples.Read(indices, draw));

    internal override string Describe(ReadOnlySpan<int> indices, in SampleDraw draw) => $"{indices.Length} as a {typeof(TBatch).Name}";

    internal override Evaluation Sum(ReadOnlySpan<int> indices)
    {
        var count = indices.Length;
        var batch = samples.Read(indices, SampleDraw.Evaluation);
        return new Evaluation(MemoryOrder.Number(loss(batch)) * count, double.NaN)
        {
            Metrics = [.. metrics.Select(metric => count * MetricRules.Value(metric.Name, metric.Measure(batch)))],
        };
    }

    internal override Tensor Outputs(ReadOnlySpan<int> indices) =>
        throw new NotSupportedException($"The outputs for a batch of the type {typeof(TBatch).Name} are not known.");
}
