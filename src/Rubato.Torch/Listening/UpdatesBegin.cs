using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>All searches are over: the next thing is the run's first update.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdatesBegin : TrainingEvent;
