using Rubato.Torch.Parallel;

namespace Rubato.Torch.Tests.Parallel;

public class PeerMessageTests
{
    private static readonly PeerMessage[] Edges =
    [
        default,
        new(double.NaN, double.PositiveInfinity, -0.0, int.MaxValue, Wishes.Stop | Wishes.Save, ulong.MaxValue),
        new(double.Epsilon, double.MaxValue, double.MinValue, 0, Wishes.Save, 1),
    ];

    [Fact]
    public void Read_SumOfAllProcesses_IsEachMessageToTheBit()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            PeerMessage[] messages = [.. Edges, new(Any(random), Any(random), Any(random), random.Next(), Wishes.Stop, (ulong)random.NextInt64())];
            Assert.Equal(messages.Select(Bits), Sent<float>(messages).Select(Bits));
            Assert.Equal(messages.Select(Bits), Sent<double>(messages).Select(Bits));
        }
    }

    // Any bits: also numbers that are not finite, and subnormal ones.
    private static double Any(Random random) => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));

    // What a reduction does: each process has its own place, and all of them are added up.
    private static PeerMessage[] Sent<T>(PeerMessage[] messages)
        where T : System.Numerics.INumber<T>
    {
        var sum = new T[messages.Length * PeerMessage.Length];
        for (var rank = 0; rank < messages.Length; rank++)
        {
            var own = new T[sum.Length];
            messages[rank].Write<T>(own.AsSpan(rank * PeerMessage.Length, PeerMessage.Length));
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += own[i];
            }
        }

        return [.. messages.Select((_, rank) => PeerMessage.Read<T>(sum.AsSpan(rank * PeerMessage.Length, PeerMessage.Length)))];
    }

    private static (ulong, ulong, ulong, int, Wishes, ulong) Bits(PeerMessage message) => (
        BitConverter.DoubleToUInt64Bits(message.Loss),
        BitConverter.DoubleToUInt64Bits(message.Squares),
        BitConverter.DoubleToUInt64Bits(message.Inverses),
        message.Parts,
        message.Wishes,
        message.Checksum);
}
