namespace Rubato;

/// <summary>What one update is made with: the answer of a controller.</summary>
/// <param name="LearningRate">The rate of the base parameter group; groups multiply it. Finite, at least 0.</param>
/// <param name="BatchSize">The global batch size in samples: over all processes and micro-batches. At least 1.</param>
/// <param name="Momentum">SGD's momentum, or beta1 for Adam's family. In [0, 1).</param>
/// <param name="WeightDecay">The coefficient of the base parameter group; groups multiply it. Finite, at least 0.</param>
/// <remarks>Immutable. <c>default</c> is not a usable answer: its batch size is 0.</remarks>
public readonly record struct HyperParameters(double LearningRate, long BatchSize, double Momentum, double WeightDecay);
