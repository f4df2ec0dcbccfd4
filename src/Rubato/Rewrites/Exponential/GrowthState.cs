namespace Rubato.Rewrites;

/// <summary>
/// What a run in exponential form remembers from update to update, about one group of parameters: how its weights and its buffer compare
/// with those of the run with weight decay, <c>w~ = P w</c> and <c>v~ = (v - u w) / P</c>, and how they are kept, <c>c w~</c> and <c>v~ /
/// c</c>.
/// </summary>
/// <remarks>
/// Immutable. <c>default</c> is the start of a run whose buffer is that of the run with weight decay: an empty one, or one that an earlier
/// stretch with weight decay has left.
/// </remarks>
public readonly record struct GrowthState
{
    /// <summary>u, what weight decay has put into the buffer, for each unit of the weights; at least 0.</summary>
    public double BufferOffset { get; init; }

    /// <summary>ln P; at least 0.</summary>
    public double LogGrowth => LogSum + LogLost;

    /// <summary>c, the running total of what was scaled.</summary>
    public ScaleShift Shift { get; init; }

    /// <summary>c P, how many times larger the kept weights are than those of the run with weight decay; above 0.</summary>
    public double Scale => Math.Exp(Shift.LogGrowth(LogGrowth));

    /// <summary>
    /// The sum of the logarithms, and what its rounding has lost (Neumaier 1974): small growths are not rounded away, a million times.
    /// </summary>
    internal double LogSum { get; init; }

    internal double LogLost { get; init; }

    /// <summary>The rate, momentum and weight decay of the last update; null at the start.</summary>
    internal (double Rate, double Momentum, double Decay)? Phase { get; init; }

    internal GrowthState Grown(double logGrowth)
    {
        var sum = LogSum + logGrowth;
        return this with
        {
            LogSum = sum,
            LogLost = LogLost + (LogSum >= logGrowth ? LogSum - sum + logGrowth : logGrowth - sum + LogSum),
        };
    }

    /// <summary>How many numbers <see cref="CopyTo"/> writes.</summary>
    public const int Numbers = 8;

    /// <summary>Writes it as numbers, exactly: for optimizers that keep their state in arrays.</summary>
    /// <param name="numbers">Receives <see cref="Numbers"/> numbers.</param>
    /// <exception cref="ArgumentException">There is not as much room.</exception>
    public void CopyTo(Span<double> numbers)
    {
        RequireLength(numbers.Length, nameof(numbers));
        var (rate, momentum, decay) = Phase ?? default;
        ReadOnlySpan<double> values = [BufferOffset, LogSum, LogLost, Shift.Exponent, Phase is null ? 0 : 1, rate, momentum, decay];
        values.CopyTo(numbers);
    }

    /// <summary>Reads what <see cref="CopyTo"/> wrote; zeros are the start of a run.</summary>
    /// <param name="numbers"><see cref="Numbers"/> numbers.</param>
    /// <returns>An equal state.</returns>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public static GrowthState From(ReadOnlySpan<double> numbers)
    {
        RequireLength(numbers.Length, nameof(numbers));
        return new GrowthState
        {
            BufferOffset = numbers[0],
            LogSum = numbers[1],
            LogLost = numbers[2],
            Shift = new ScaleShift((long)numbers[3]),
            Phase = numbers[4] == 0 ? null : (numbers[5], numbers[6], numbers[7]),
        };
    }

    private static void RequireLength(int length, string name)
    {
        if (length != Numbers)
        {
            throw new ArgumentException($"A state is {Numbers} numbers, got {length}.", name);
        }
    }
}
