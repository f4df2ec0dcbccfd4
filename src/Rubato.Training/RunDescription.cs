namespace Rubato.Training;

/// <summary>A run that was set up: every choice resolved.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Data">The data set.</param>
/// <param name="TrainSamples">Training samples an epoch.</param>
/// <param name="TestSamples">Samples of the test set.</param>
/// <param name="Network">The network.</param>
/// <param name="Parameters">Trained numbers in the network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="PeakLearningRate">The plan's highest rate.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Updates">Optimizer updates in the whole run.</param>
/// <param name="UpdatesPerEpoch">Optimizer updates an epoch, the last partial batch included.</param>
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
    double PeakLearningRate,
    int Epochs,
    long Updates,
    long UpdatesPerEpoch,
    string Device,
    int Threads,
    string MemoryFormat);
