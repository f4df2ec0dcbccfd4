using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rubato.Torch.Parallel;

/// <summary>
/// Finds out which processes are missing when a collective call does not end: every process that waits writes to every other, and those of
/// whom nothing is heard are missing.
/// </summary>
/// <remarks>
/// A sum that does not end tells nobody who keeps it up. Messages lie in memory of their own until the process ends, since a request to a
/// process that is gone never ends.
/// </remarks>
internal sealed unsafe class RollCall : IDisposable
{
    // Those who wait come to their limits at about the same time: each has waited since its own last call.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    private readonly MpiLibrary _library;
    private readonly nint _group;
    private readonly int _rank;
    private readonly nint[] _receiving;
    private readonly nint[] _sending;
    private readonly long* _sent;
    private readonly long* _received;

    internal RollCall(MpiLibrary library, nint group, int rank, int size)
    {
        (_library, _group, _rank) = (library, group, rank);
        (_receiving, _sending) = (new nint[size], new nint[size]);
        _sent = (long*)NativeMemory.AllocZeroed((nuint)size, sizeof(long));
        _received = (long*)NativeMemory.AllocZeroed((nuint)size, sizeof(long));
    }

    /// <summary>Calls the roll.</summary>
    /// <param name="number">How often it was called in this wait; from 1.</param>
    /// <param name="waitedFor">What the process waits for; if it ends, nobody is missing.</param>
    /// <returns>The processes of which nothing was heard.</returns>
    internal IReadOnlyList<int> Missing(int number, ref nint waitedFor)
    {
        for (var rank = 0; rank < _receiving.Length; rank++)
        {
            // A request that is still open from an earlier call is answered by a later message.
            if (rank != _rank && _receiving[rank] == 0)
            {
                _receiving[rank] = _library.BeginReceive(_received + rank, rank, tag: 0, _group);
            }

            if (rank != _rank && _sending[rank] == 0)
            {
                _sent[rank] = number;
                _sending[rank] = _library.BeginSend(_sent + rank, rank, tag: 0, _group);
            }
        }

        var begun = Stopwatch.GetTimestamp();
        var missing = Enumerable.Range(0, _receiving.Length).Where(rank => rank != _rank).ToList();
        while (missing.Count > 0 && Stopwatch.GetElapsedTime(begun) < AnswerWithin)
        {
            if (_library.HasEnded(ref waitedFor))
            {
                return [];
            }

            missing.RemoveAll(HasAnswered);
            Thread.Sleep(1);
        }

        for (var rank = 0; rank < _sending.Length; rank++)
        {
            if (_sending[rank] != 0 && _library.HasEnded(ref _sending[rank]))
            {
                _sending[rank] = 0;
            }
        }

        return missing;
    }

    /// <summary>Frees the messages; MPI must have ended.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_sent);
        NativeMemory.Free(_received);
    }

    private bool HasAnswered(int rank)
    {
        if (!_library.HasEnded(ref _receiving[rank]))
        {
            return false;
        }

        _receiving[rank] = 0;
        return true;
    }
}
