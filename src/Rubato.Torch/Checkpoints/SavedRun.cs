namespace Rubato.Torch.Checkpoints;

/// <summary>A run at a moment between two updates.</summary>
/// <param name="State">All but tensors; the lengths of the logs are still to be set.</param>
/// <param name="WriteTensors">Writes the tensors, as they are when it is called.</param>
internal sealed record SavedRun(RunState State, Action<Stream> WriteTensors);
