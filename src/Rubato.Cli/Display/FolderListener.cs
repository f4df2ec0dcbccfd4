using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>Remembers where the run is kept, and shows nothing.</summary>
internal sealed class FolderListener : Listener
{
    /// <summary>The run folder; empty before the start.</summary>
    internal string Path { get; private set; } = "";

    public override void OnEvent(TrainingEvent happened)
    {
        if (happened is RunDescription run)
        {
            Path = run.Folder ?? "";
        }
    }
}
