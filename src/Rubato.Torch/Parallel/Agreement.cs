using System.Runtime.ExceptionServices;

namespace Rubato.Torch.Parallel;

/// <summary>Work that each process does by itself and may fail in one of them: then no process goes on, and all know why.</summary>
internal static class Agreement
{
    // What a finding is to all: the input of one process cannot be used.
    private const char Input = 'i';
    private const char Other = 'o';

    /// <summary>Does the work, and waits until all processes have done theirs.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="work">The work of this one.</param>
    /// <exception cref="InvalidInputException">The input of another process cannot be used; it is named.</exception>
    /// <exception cref="PeersException">Another process failed; it is named. Or one is missing.</exception>
    internal static T Reach<T>(IPeers peers, Func<T> work)
    {
        if (peers.Size == 1)
        {
            return work();
        }

        var (result, own) = Try(work);
        var said = own is null ? "" : $"{(own is InvalidInputException ? Input : Other)}{own.Message}";
        var all = PeerTexts.OfAll(peers, said);
        if (own is not null)
        {
            ExceptionDispatchInfo.Throw(own);
        }

        var failed = Array.FindIndex(all, text => text.Length > 0);
        if (failed < 0)
        {
            return result!;
        }

        (result as IDisposable)?.Dispose();
        var sentence = $"process {failed} on {peers.Hosts[failed]}: {all[failed][1..]}";
        throw all[failed][0] == Input ? new InvalidInputException(Finding.FromString(sentence)) : new PeersException(sentence);
    }

    private static (T? Result, Exception? Failure) Try<T>(Func<T> work)
    {
        try
        {
            return (work(), null);
        }
        catch (Exception exception) when (exception is not PeersException)
        {
            return (default, exception);
        }
    }
}
