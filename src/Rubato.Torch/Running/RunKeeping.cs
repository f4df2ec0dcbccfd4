using Rubato.Runs;
using Rubato.Torch.Checkpoints;

namespace Rubato.Torch.Running;

/// <summary>Where and how a run is kept.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Saving">How it is saved.</param>
/// <param name="Resumed">The checkpoint that it goes on from; null for a new run.</param>
/// <param name="Configuration">The text of its <c>config.yaml</c>.</param>
internal sealed record RunKeeping(RunFolder Folder, SaveSettings Saving, Resumption? Resumed, string Configuration);
