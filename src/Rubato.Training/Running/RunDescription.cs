using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>A run that was set up: every choice resolved.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Data">The data set.</param>
/// <param name="TrainSamples">Training samples an epoch.</param>
/// <param name="TestSamples">Samples of the test set.</param>
/// <param name="Network">The network.</param>
/// <param name="Parameters">Trained numbers in the network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="LearningRate">The learning rate as it was asked for: a schedule, or the number that is the peak of the usual one.</param>
/// <param name="Epochs">Passes over the training set; a fraction where the budget ends within one.</param>
/// <param name="Samples">The plan's budget in samples; the run ends with the whole update nearest to it.</param>
/// <param name="Updates">Optimizer updates in the whole run; with <see cref="GrowsBatch"/>, the most that there may be.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Threads inside an operator.</param>
/// <param name="MemoryFormat"><c>contiguous</c> or <c>channels-last</c>.</param>
/// <remarks>Immutable.</remarks>
public sealed record RunDescription(
    string Folder,
    string Data,
    int TrainSamples,
    int TestSamples,
    string Network,
    long Parameters,
    string Optimizer,
    string LearningRate,
    double Epochs,
    long Samples,
    long Updates,
    string Device,
    int Threads,
    string MemoryFormat) : TrainingEvent
{
    /// <summary>Whether the batch grows by what is measured, so that nobody knows beforehand how many updates there will be.</summary>
    public bool GrowsBatch { get; init; }

    /// <summary>Whether there is weight decay at any update to run as a growing rate; true where nobody asks for that.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>How weight decay is run as a growing rate; null where it is not.</summary>
    public ExponentialRecord? Exponential { get; init; }
}
