using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>Remembers where the run is kept, and shows nothing.</summary>
/// <param name="told">Told where, when it is known.</param>
internal sealed class FolderListener(Action<string> told) : Listener
{
    /// <summary>The run folder; empty before the start.</summary>
    internal string Path { get; private set; } = "";

    public override void OnEvent(TrainingEvent happened)
    {
        if (happened is RunDescription run)
        {
            Path = run.Folder ?? "";
            told(Path);
        }
    }
}
