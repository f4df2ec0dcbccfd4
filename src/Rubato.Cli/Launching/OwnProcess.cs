using Rubato.Cli.Console;
using Rubato.Torch.Parallel;
using Rubato.Torch.Parallel.Mpi;

namespace Rubato.Cli.Launching;

/// <summary>This process among those that a launcher has started: the first one writes and speaks.</summary>
/// <remarks>Belongs to the thread that trains.</remarks>
internal sealed class OwnProcess
{
    private readonly Launch? _launch;
    private readonly TextWriter _error;
    private readonly Func<IPeers> _join;
    private IPeers? _peers;
    private bool _hasFailed;

    /// <summary>A process of a launch.</summary>
    /// <param name="launch">What started it; null if it is alone.</param>
    /// <param name="error">Receives what only this process has to say.</param>
    /// <param name="launchedBy">The flags of the command that launched it; null if that was another launcher.</param>
    /// <param name="join">Joins the others.</param>
    internal OwnProcess(Launch? launch, TextWriter error, string? launchedBy, Func<IPeers> join)
    {
        (_launch, _error, _join) = (launch is { Size: > 1 } ? launch : null, error, join);
        IsWatched = _launch is not null && launchedBy is not null;
        Flags = IsWatched ? $" {launchedBy}" : "";
    }

    /// <summary>A process that was started by itself.</summary>
    internal static OwnProcess Alone { get; } = new(null, TextWriter.Null, null, () => Torch.Parallel.Alone.Instance);

    /// <summary>Whether this is the process that writes and speaks.</summary>
    internal bool IsFirst => _launch is null or { Rank: 0 };

    /// <summary>Whether a launcher has started it with others.</summary>
    internal bool HasOthers => _launch is not null;

    /// <summary>Whether this command has launched it, and watches it.</summary>
    internal bool IsWatched { get; }

    /// <summary>Whether the others were joined.</summary>
    internal bool HasJoined => _peers is not null;

    /// <summary>What goes on with a run needs besides: empty, or flags with a blank before.</summary>
    internal string Flags { get; }

    /// <summary>Joins the others the first time.</summary>
    /// <exception cref="PeersException">They cannot be joined.</exception>
    /// <exception cref="InvalidInputException">The launcher's variables cannot be used.</exception>
    internal IPeers Join()
    {
        if (_peers is null)
        {
            _peers = _join();
            Tell(LauncherWords.HelloOf(_peers.Rank, Environment.ProcessId, Environment.MachineName));
        }

        return _peers;
    }

    /// <summary>Does what each process does by itself, and waits for the others: if it fails in one, all end.</summary>
    internal T Agree<T>(Func<T> work) => Agreement.Reach(Join(), work);

    /// <summary>Tells the command that launched this process where the run is kept.</summary>
    internal void TellFolder(string path)
    {
        if (IsFirst && path.Length > 0)
        {
            Tell(LauncherWords.FolderOf(path));
        }
    }

    /// <summary>Says what all processes know: the first one does.</summary>
    internal void SayForAll(IEnumerable<string> sentences, TextWriter error)
    {
        if (IsFirst)
        {
            Write(sentences, error);
        }
    }

    /// <summary>Says what this process alone may know.</summary>
    internal void Say(IEnumerable<string> sentences, TextWriter error) =>
        Write(IsFirst ? sentences : sentences.Select(sentence => $"process {_launch!.Rank} on {Environment.MachineName}: {sentence}"), IsFirst ? error : _error);

    /// <summary>Says what all that are left know of a failure, in the process that is to say it.</summary>
    internal void Say(PeersException exception, TextWriter error)
    {
        _hasFailed = true;
        if (_peers is null)
        {
            Say([$"{exception.Message.TrimEnd('.')}."], error);
        }
        else if (exception.IsSaidHere)
        {
            Write([$"{exception.Message.TrimEnd('.')}."], IsFirst ? error : _error);
        }
    }

    /// <summary>The others cannot be waited for any more.</summary>
    internal void Fail() => _hasFailed = true;

    /// <summary>Ends MPI with all others, or leaves it at once after a failure, which does not return.</summary>
    /// <param name="code">How the command ended.</param>
    /// <returns>What the process returns: after an end of all, the first one tells how it was.</returns>
    internal int End(int code)
    {
        if (_peers is null or { Size: 1 })
        {
            return code;
        }

        try
        {
            if (!_hasFailed)
            {
                _peers.Dispose();
                return IsFirst ? code : ExitCodes.Done;
            }
        }
        catch (PeersException exception)
        {
            Say(exception, _error);
            code = ExitCodes.Failed;
        }

        MpiPeers.Leave(code);
        return code;
    }

    private void Tell(string line)
    {
        if (IsWatched)
        {
            _error.WriteLine(line);
        }
    }

    private static void Write(IEnumerable<string> sentences, TextWriter error)
    {
        foreach (var sentence in sentences)
        {
            error.WriteLine($"error: {sentence}");
        }
    }
}
