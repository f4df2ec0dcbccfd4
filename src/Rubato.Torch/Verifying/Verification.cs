using Rubato.Torch.Tasks;
namespace Rubato.Torch.Verifying;

/// <summary>A training with a rewrite that claims to keep the network's function, and the precision of the comparison.</summary>
/// <param name="Training">The training, whose last rewrite is an exponential form.</param>
/// <param name="IsDouble">Whether numbers have 64 bits; otherwise they have 32, as usual in training.</param>
/// <param name="Updates">The number of updates, at least 1; null for the whole plan.</param>
/// <param name="Every">Compare outputs and directions at every n-th update, and at the last; at least 1.</param>
/// <param name="Probe">The number of test samples for which outputs are compared; at least 1, and all if there are fewer.</param>
/// <param name="Tolerance">The largest difference of any output at which the claim still holds; finite, above 0.</param>
/// <remarks>Immutable.</remarks>
internal sealed record Verification(TrainingTask Training, bool IsDouble, long? Updates, int Every, int Probe, double Tolerance);
