using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>A batch of inputs and of what the network's outputs should be.</summary>
/// <param name="Inputs">(N, ...): one row a sample.</param>
/// <param name="Targets">(N, ...): class numbers as 64-bit integers (N), or whatever the loss takes.</param>
/// <remarks>Owns nothing: its tensors belong to whoever made them, or to the current dispose scope.</remarks>
public readonly record struct SupervisedBatch(Tensor Inputs, Tensor Targets);
