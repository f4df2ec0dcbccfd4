namespace Rubato;

/// <summary>
/// Chance as a pure function: the draw number <c>n</c> of stream <c>(seed, stream, step)</c> depends on those four numbers alone,
/// so that resuming at a step needs no replay and two processes draw alike.
/// </summary>
/// <remarks>
/// Each draw is one round of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA,
/// figure 16: mixing constants of Stafford's variant 13) over a counter; the key is mixed from seed, stream and step. Not for
/// cryptography. A mutable value type: keep it in a local variable. <c>default</c> is the stream (0, 0, 0) without key mixing.
/// </remarks>
public struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Opens the stream <c>(seed, stream, step)</c> at its first draw.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">What the draws are for; one constant a purpose, so that purposes never share draws.</param>
    /// <param name="step">The position: an epoch, an update or a sample, as the purpose has it.</param>
    public CounterRandom(long seed, long stream, long step) =>
        _state = unchecked(Mix(Mix(Mix((ulong)seed + GoldenGamma) ^ (ulong)stream) ^ (ulong)step));

    /// <summary>The next 64 uniformly distributed bits.</summary>
    /// <returns>Any value of 64 bits.</returns>
    public ulong NextBits()
    {
        unchecked
        {
            _state += GoldenGamma;
            return Mix(_state);
        }
    }

    /// <summary>The next uniform number in [0, 1), with 53 random bits.</summary>
    /// <returns>A number in [0, 1).</returns>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>The next uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The lower end, included.</param>
    /// <param name="high">The upper end, excluded up to rounding.</param>
    /// <returns><c>low + (high - low) u</c> with u uniform in [0, 1).</returns>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>The next integer in [0, <paramref name="bound"/>), by multiplication and rejection (Lemire 2019), without bias.</summary>
    /// <param name="bound">The exclusive upper end; at least 1.</param>
    /// <returns>An integer in [0, bound).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        unchecked
        {
            var range = (uint)bound;
            var product = (ulong)(uint)NextBits() * range;
            if ((uint)product < range)
            {
                var threshold = (0u - range) % range;
                while ((uint)product < threshold)
                {
                    product = (ulong)(uint)NextBits() * range;
                }
            }

            return (int)(product >> 32);
        }
    }

    /// <summary>The next draw of the standard normal distribution, by the Box-Muller transform (the cosine branch).</summary>
    /// <returns>A finite number; mean 0, variance 1.</returns>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>Puts <paramref name="items"/> into a uniformly random order (Fisher-Yates).</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">Reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
