using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// One part of an <see cref="OptimizerStateCopy"/>, to be read or overwritten in place: either a tensor or an array of numbers.
/// </summary>
/// <param name="Name">The name: unique in the copy, and the same in every run with this optimizer and network.</param>
/// <param name="Tensor">The tensor, which the copy owns; null for numbers.</param>
/// <param name="Numbers">An array of <see cref="double"/> or <see cref="long"/>; null for a tensor.</param>
internal readonly record struct StatePart(string Name, Tensor? Tensor, Array? Numbers = null);
