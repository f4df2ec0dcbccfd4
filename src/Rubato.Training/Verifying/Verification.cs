using Rubato.Training.Tasks;
namespace Rubato.Training.Verifying;

/// <summary>A training with a rewrite that claims equality of functions, and how closely to look.</summary>
/// <param name="Training">The training, whose last rewrite is an exponential form.</param>
/// <param name="IsDouble">Whether numbers have 64 bits, as networks are not usually trained; otherwise 32.</param>
/// <param name="Updates">After how many updates to stop; at least 1. Null: at the end of the plan.</param>
/// <param name="Every">Outputs and directions are compared at every n-th update, and at the last; at least 1.</param>
/// <param name="Probe">On how many test samples the outputs are compared; at least 1, and all if there are fewer.</param>
/// <param name="Tolerance">How large a difference of any output may be; finite, above 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record Verification(TrainingTask Training, bool IsDouble, long? Updates, int Every, int Probe, double Tolerance);
