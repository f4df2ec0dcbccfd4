using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Torch.Checkpoints;

namespace Rubato.Torch.Running;

/// <summary>Where and how a run is kept.</summary>
/// <remarks>Keeps other processes out of the folder until it is disposed, if the run can be resumed.</remarks>
internal sealed class RunKeeping : IDisposable
{
    private readonly RunLock? _taken;

    private RunKeeping(RunFolder folder, SaveSettings saving, string configuration, RunLock? taken) =>
        (Folder, Saving, Configuration, _taken) = (folder, saving, configuration, taken);

    /// <summary>The run's folder.</summary>
    internal RunFolder Folder { get; }

    /// <summary>How the run is saved.</summary>
    internal SaveSettings Saving { get; }

    /// <summary>The text of its <c>config.yaml</c>.</summary>
    internal string Configuration { get; }

    /// <summary>Makes the folder, or takes that of the run that goes on.</summary>
    /// <param name="resumed">The run that goes on; null for a new one.</param>
    /// <param name="saving">How the run is saved.</param>
    /// <param name="configuration">The text of its <c>config.yaml</c>.</param>
    /// <param name="create">Makes the folder of a new run.</param>
    internal static RunKeeping Begin(Resumption? resumed, SaveSettings saving, string configuration, Func<RunFolder> create)
    {
        if (resumed is not null)
        {
            return new RunKeeping(resumed.Folder, saving, configuration, taken: null);
        }

        var folder = create();
        var taken = saving.Every.IsNever ? null : RunLock.Take(folder);
        try
        {
            folder.WriteConfiguration(configuration);
            return new RunKeeping(folder, saving, configuration, taken);
        }
        catch
        {
            folder.DiscardUnstarted();
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _taken?.Dispose();
}
