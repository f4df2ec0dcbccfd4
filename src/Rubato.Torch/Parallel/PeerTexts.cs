using System.Text;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>Texts that processes send each other before and after training.</summary>
internal static class PeerTexts
{
    /// <summary>The text of the process 0.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="text">What it is, where this is the process 0.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal static string FromRoot(IPeers peers, string text)
    {
        if (peers.Size == 1)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        using var length = MemoryOrder.From<long>([bytes.Length], 1);
        peers.Broadcast(length);
        var own = new long[MemoryOrder.AsSpan<long>(length)[0]];
        for (var i = 0; peers.Rank == 0 && i < own.Length; i++)
        {
            own[i] = bytes[i];
        }

        using var sent = MemoryOrder.From<long>(own, own.Length);
        peers.Broadcast(sent);
        return Encoding.UTF8.GetString(Array.ConvertAll(MemoryOrder.ToArray<long>(sent), number => (byte)number));
    }

    /// <summary>The texts of all processes, by rank.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="text">That of this one.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal static string[] OfAll(IPeers peers, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lengths = Sum(peers, peers.Size, numbers => numbers[peers.Rank] = bytes.Length);
        var longest = (int)lengths.Max();
        var all = Sum(peers, peers.Size * longest, numbers =>
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                numbers[(peers.Rank * longest) + i] = bytes[i];
            }
        });
        return
        [
            .. Enumerable.Range(0, peers.Size).Select(rank => Encoding.UTF8.GetString(
                [.. all.Skip(rank * longest).Take((int)lengths[rank]).Select(number => (byte)number)])),
        ];
    }

    private delegate void Writing(Span<long> numbers);

    private static long[] Sum(IPeers peers, int count, Writing write)
    {
        if (count == 0)
        {
            return [];
        }

        using var numbers = zeros(count, ScalarType.Int64);
        write(MemoryOrder.AsSpan<long>(numbers));
        peers.Sum(numbers, isRootSlow: true);
        return MemoryOrder.ToArray<long>(numbers);
    }
}
