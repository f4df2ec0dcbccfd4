using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>A measure on the held-out samples beside loss and accuracy, of outputs and targets, such as a mean absolute error.</summary>
/// <param name="Name">What it is called in records, such as <c>mae</c>.</param>
/// <param name="Measure">
/// Of outputs and targets, each of one row a sample: the mean over the batch, a real tensor of one number. The network is in evaluation
/// mode, and no gradients are recorded. Tensors that it makes are freed.
/// </param>
/// <remarks>
/// Immutable. The value over all samples is the mean of the batches' values, weighted by their samples: right for what is a mean over
/// samples itself, but not for a median or an F1 score.
/// </remarks>
public sealed record Metric(string Name, Func<Tensor, Tensor, Tensor> Measure);
