using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>A measure on the held-out samples beside the loss, of a batch of a type of your own, such as an accuracy.</summary>
/// <typeparam name="TBatch">What a batch is.</typeparam>
/// <param name="Name">What it is called in records, such as <c>accuracy</c>.</param>
/// <param name="Measure">
/// Of a batch: the mean over it, a real tensor of one number. The network is in evaluation mode, and no gradients are recorded. Tensors
/// that it makes are freed.
/// </param>
/// <remarks>Immutable. The value over all samples is the mean of the batches' values, weighted by their samples.</remarks>
public sealed record Metric<TBatch>(string Name, Func<TBatch, Tensor> Measure);
