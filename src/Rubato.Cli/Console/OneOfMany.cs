using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Parallel;

namespace Rubato.Cli.Console;

/// <summary>This process as one of several: it joins the others when a command trains, and only the first of them speaks.</summary>
internal sealed class OneOfMany
{
    private readonly Lazy<IPeers> _peers;

    /// <summary>The process of a launch.</summary>
    /// <param name="launch">What has started it; null if it is alone.</param>
    internal OneOfMany(Launch? launch)
    {
        Launch = launch;
        _peers = new Lazy<IPeers>(Join);
    }

    /// <summary>What has started it; null if it is alone.</summary>
    internal Launch? Launch { get; }

    /// <summary>Whether it writes and speaks.</summary>
    internal bool Speaks => Launch is null or { Rank: 0 };

    /// <summary>Whether a command has started it and watches it.</summary>
    internal static bool IsWatched => Environment.GetEnvironmentVariable(LaunchProtocol.Variable) == "1";

    /// <summary>The processes; joined with the first call.</summary>
    internal IPeers Peers => _peers.Value;

    /// <summary>Obeys what the watching command writes: to stop, to save; its end is a wish to stop, too.</summary>
    /// <param name="interruption">Receives the wishes.</param>
    internal void Obey(Interruption interruption)
    {
        if (!IsWatched || !Speaks)
        {
            return;
        }

        var reading = new Thread(() =>
        {
            string? line;
            while ((line = System.Console.In.ReadLine()) is not null and not LaunchProtocol.Stop)
            {
                if (line == LaunchProtocol.Save)
                {
                    interruption.SaveRequest.Make();
                }
            }

            interruption.Stop();
        })
        {
            IsBackground = true,
        };
        reading.Start();
    }

    /// <summary>Tells the watching command where the run is kept; null if nobody watches.</summary>
    internal Listener? Teller => IsWatched && Speaks ? new FolderTeller() : null;

    /// <summary>What a sentence of this process begins with, where only it knows.</summary>
    internal string Prefix => Launch is { Size: > 1, Rank: var rank } ? $"process {rank} on {Environment.MachineName}: " : "";

    /// <summary>
    /// Ends the process: with the others if all came to their end, otherwise at once, since some may never come.
    /// </summary>
    /// <param name="code">The exit code.</param>
    /// <returns>The same.</returns>
    internal int End(int code)
    {
        if (!_peers.IsValueCreated || _peers.Value.Size == 1)
        {
            return code;
        }

        if (code is not (ExitCodes.Done or ExitCodes.Interrupted or ExitCodes.Terminated))
        {
            MpiPeers.Leave(code);
        }

        _peers.Value.Dispose();
        if (!IsWatched)
        {
            MpiPeers.Leave(code);
        }

        // A launcher takes any other code for a failure, and has its own for it.
        if (Speaks)
        {
            System.Console.Error.WriteLine($"{LaunchProtocol.Ending} {code}");
        }

        MpiPeers.Leave(ExitCodes.Done);
        return code;
    }

    private IPeers Join()
    {
        var peers = Torch.Parallel.Peers.Join();
        if (IsWatched && peers.Size > 1)
        {
            System.Console.Error.WriteLine(
                $"{LaunchProtocol.Process} {peers.Rank} {Environment.MachineName} {Environment.ProcessId}");
        }

        return peers;
    }

    private sealed class FolderTeller : Listener
    {
        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is RunDescription { Folder: { } folder })
            {
                System.Console.Error.WriteLine($"{LaunchProtocol.Run} {folder}");
            }
        }
    }
}
