using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Objectives;

/// <summary>A loss of the network's outputs and of targets.</summary>
internal sealed class SupervisedObjective(
    Module<Tensor, Tensor> network,
    ISamples<SupervisedBatch> samples,
    Func<Tensor, Tensor, Tensor> loss,
    ImmutableArray<Metric> metrics,
    Placement placement) : Objective(network, samples.Count)
{
    internal override ImmutableArray<string> Metrics { get; } = [.. metrics.Select(metric => metric.Name)];

    internal override Tensor Loss(ReadOnlySpan<int> indices, in SampleDraw draw)
    {
        var (inputs, targets) = Read(indices, draw);
        return loss(network.call(inputs), targets);
    }

    internal override int[] Extremes => (samples as ITargetExtremes)?.Extremes(rows: null) ?? [];

    internal override string Describe(ReadOnlySpan<int> indices, in SampleDraw draw)
    {
        var (inputs, targets) = samples.Read(indices, draw);
        var read = $"inputs {TextOf(inputs)} and targets {TextOf(targets)}";
        try
        {
            return $"{read}, of which the network makes outputs {TextOf(network.call(Placed(inputs)))}";
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            return read;
        }
    }

    internal override Evaluation Sum(ReadOnlySpan<int> indices)
    {
        var count = indices.Length;
        var (inputs, targets) = Read(indices, SampleDraw.Evaluation);
        var outputs = network.call(inputs);
        var lost = MemoryOrder.Number(loss(outputs, targets)) * count;
        return new Evaluation(lost, IsClassification(outputs, targets) ? outputs.argmax(1).eq(targets).sum().item<long>() : double.NaN)
        {
            Metrics = [.. metrics.Select(metric => count * MetricRules.Value(metric.Name, metric.Measure(outputs, targets)))],
        };
    }

    internal override Tensor Outputs(ReadOnlySpan<int> indices) => network.call(Read(indices, SampleDraw.Evaluation).Inputs);

    /// <summary>Whether targets are class numbers, one a sample.</summary>
    internal static bool AreClasses(Tensor targets) => targets.dtype == ScalarType.Int64 && targets.dim() == 1;

    // One row of scores a sample, and one class number: nothing else has a right answer that can be counted.
    private static bool IsClassification(Tensor outputs, Tensor targets) => AreClasses(targets) && outputs.dim() == 2;

    private SupervisedBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw)
    {
        var (inputs, targets) = samples.Read(indices, draw);
        return new SupervisedBatch(
            MemoryOrder.Arrange(Placed(inputs), placement.Format), Placed(Widened(targets)));
    }

    // libtorch's losses take no class numbers of fewer bits.
    private static Tensor Widened(Tensor targets) =>
        targets.is_integral() && targets.dtype != ScalarType.Bool ? targets.to(ScalarType.Int64) : targets;

    private static string TextOf(Tensor tensor) => $"({string.Join(", ", tensor.shape)}) {tensor.dtype}";

    private Tensor Placed(Tensor tensor) =>
        tensor.is_floating_point() ? tensor.to(placement.Type, placement.Device) : tensor.to(placement.Device);
}
