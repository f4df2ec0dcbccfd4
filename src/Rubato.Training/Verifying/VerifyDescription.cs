using Rubato.Runs.Records;

namespace Rubato.Training.Verifying;

/// <summary>A verification that was set up: every choice resolved.</summary>
/// <param name="Data">The data set.</param>
/// <param name="TrainSamples">Training samples an epoch.</param>
/// <param name="Network">The network.</param>
/// <param name="Parameters">Trained numbers in the network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="LearningRate">The learning rate as text.</param>
/// <param name="Rewrite">All rewrites as text.</param>
/// <param name="Exponential">What grows.</param>
/// <param name="Updates">The updates that will be made, at most.</param>
/// <param name="Tolerance">How large a difference of any output may be.</param>
/// <param name="IsDouble">Whether numbers have 64 bits.</param>
/// <param name="Probe">On how many test samples the outputs are compared.</param>
/// <remarks>Immutable.</remarks>
public sealed record VerifyDescription(
    string Data,
    int TrainSamples,
    string Network,
    long Parameters,
    string Optimizer,
    string LearningRate,
    string Rewrite,
    ExponentialRecord Exponential,
    long Updates,
    double Tolerance,
    bool IsDouble,
    int Probe) : TrainingEvent;
