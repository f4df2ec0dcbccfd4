using Rubato.Torch.Tasks;

namespace Rubato.Torch.Verifying;

/// <summary>A training with a rewrite that claims to keep the network's function, and how closely to look.</summary>
/// <param name="Training">The training, whose last rewrite is an exponential form.</param>
/// <param name="Settings">How closely to look; in their ranges.</param>
/// <remarks>Immutable.</remarks>
internal sealed record Verification(TrainingTask Training, VerificationSettings Settings);
