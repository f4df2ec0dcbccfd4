using System.Numerics;

namespace Rubato.Torch.Parallel;

/// <summary>What a process tells all others with each sum of gradients.</summary>
/// <param name="Loss">The part of the batch's mean loss that is of its own samples.</param>
/// <param name="Squares">The sum of <c>|g_k|^2</c> over its parts of the batch, where the noise of the gradient is measured.</param>
/// <param name="Inverses">The sum of <c>1 / b_k</c> over the same parts.</param>
/// <param name="Parts">Their number.</param>
/// <param name="Wishes">What it wants.</param>
/// <param name="Checksum">Of its state before the update; 0 where it is not compared.</param>
/// <remarks>
/// Each process has places of its own among the numbers that are summed, where all others have zeros. A number there holds 16 bits of the
/// message: a sum of zeros and of one whole number below 2^16 is exact in any order and any type. So all processes read the same bits, and
/// a message costs no reduction of its own. Immutable.
/// </remarks>
internal readonly record struct PeerMessage(
    double Loss, double Squares, double Inverses, int Parts, Wishes Wishes, ulong Checksum)
{
    /// <summary>The numbers of a message.</summary>
    internal const int Length = Words * NumbersAWord;

    private const int Words = 5;
    private const int NumbersAWord = 4;
    private const int Bits = 16;

    /// <summary>Writes the message.</summary>
    /// <param name="numbers">Of <see cref="Length"/>.</param>
    internal void Write<T>(Span<T> numbers)
        where T : INumber<T>
    {
        Span<ulong> words =
        [
            BitConverter.DoubleToUInt64Bits(Loss),
            BitConverter.DoubleToUInt64Bits(Squares),
            BitConverter.DoubleToUInt64Bits(Inverses),
            ((ulong)(uint)Parts << 32) | (uint)Wishes,
            Checksum,
        ];
        for (var i = 0; i < Length; i++)
        {
            numbers[i] = T.CreateChecked((words[i / NumbersAWord] >> (Bits * (i % NumbersAWord))) & ushort.MaxValue);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="numbers">Of <see cref="Length"/>.</param>
    internal static PeerMessage Read<T>(ReadOnlySpan<T> numbers)
        where T : INumber<T>
    {
        Span<ulong> words = stackalloc ulong[Words];
        words.Clear();
        for (var i = 0; i < Length; i++)
        {
            words[i / NumbersAWord] |= ulong.CreateChecked(numbers[i]) << (Bits * (i % NumbersAWord));
        }

        return new PeerMessage(
            BitConverter.UInt64BitsToDouble(words[0]),
            BitConverter.UInt64BitsToDouble(words[1]),
            BitConverter.UInt64BitsToDouble(words[2]),
            (int)(words[3] >> 32),
            (Wishes)(words[3] & uint.MaxValue),
            words[4]);
    }
}
