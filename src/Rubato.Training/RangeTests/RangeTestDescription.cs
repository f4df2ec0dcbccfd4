using Rubato.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Training.RangeTests;

/// <summary>A range test that was set up: every choice resolved.</summary>
/// <param name="Test">The sweep.</param>
/// <param name="Runs">How many runs, over all variants and repeats.</param>
/// <param name="Data">The data set.</param>
/// <param name="TrainSamples">Training samples of the data set, those held out included.</param>
/// <param name="HeldOutSamples">Training samples that are held out for the accuracy; 0 where it is not measured.</param>
/// <param name="Network">The network.</param>
/// <param name="Parameters">Trained numbers in the network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="BatchSize">The global batch size in samples.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Threads inside an operator.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangeTestDescription(
    RangeTest Test,
    int Runs,
    string Data,
    int TrainSamples,
    int HeldOutSamples,
    string Network,
    long Parameters,
    string Optimizer,
    long BatchSize,
    string Device,
    int Threads) : TrainingEvent;
