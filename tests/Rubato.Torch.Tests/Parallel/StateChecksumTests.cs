using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Parallel;

public class StateChecksumTests
{
    [Fact]
    public void Of_AnyBitOfAnyNumber_IsAnotherChecksum()
    {
        // 7 numbers of 4 bytes are no whole number of words.
        using var weights = arange(7.0, ScalarType.Float32);
        var seen = new HashSet<ulong> { StateChecksum.Of([weights], 0.1) };
        for (var i = 0; i < 7; i++)
        {
            for (var bit = 0; bit < 32; bit++)
            {
                Flip(weights, i, bit);
                Assert.True(seen.Add(StateChecksum.Of([weights], 0.1)), $"Bit {bit} of number {i} is not seen.");
                Flip(weights, i, bit);
            }
        }

        Assert.True(seen.Add(StateChecksum.Of([weights], 0.2)));
        Assert.False(seen.Add(StateChecksum.Of([weights], 0.1)));
        Assert.DoesNotContain(0UL, seen);
    }

    [Fact]
    public void Of_OtherType_CountsToo()
    {
        using var weights = arange(3.0, ScalarType.Float64);
        var before = StateChecksum.Of([weights]);
        MemoryOrder.AsSpan<double>(weights)[2] = -2;
        Assert.NotEqual(before, StateChecksum.Of([weights]));
    }

    private static void Flip(Tensor weights, int index, int bit)
    {
        ref var number = ref MemoryOrder.AsSpan<float>(weights)[index];
        number = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(number) ^ (1 << bit));
    }
}
