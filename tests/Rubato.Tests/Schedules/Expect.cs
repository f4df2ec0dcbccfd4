namespace Rubato.Tests.Schedules;

/// <summary>What tables of schedules are checked with.</summary>
internal static class Expect
{
    /// <summary>Positions just below a boundary.</summary>
    internal static double Before(double position) => Math.BitDecrement(position);

    /// <summary>Each value at its position, alone and in a row, but for rounding.</summary>
    internal static void Values(Schedule schedule, params ReadOnlySpan<(double At, double Value)> table)
    {
        foreach (var (position, value) in table)
        {
            Assert.Equal(value, schedule.At(position), 1e-14 * Math.Max(1, Math.Abs(value)));
            double[] filled = [0, 0];
            schedule.Fill(position, 0, filled);
            Assert.All(filled, once => Assert.Equal(schedule.At(position), once));
        }
    }

    /// <summary>A refused argument: its name, and the sentence.</summary>
    internal static void Refusal(string name, string sentence, Func<Schedule> build)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(build);
        Assert.Equal(name, exception.ParamName);
        Assert.StartsWith(sentence, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A finding about a schedule whose durations cannot be worked out.</summary>
    internal static void Finding(string sentence, Func<Schedule> build) =>
        Assert.Equal([sentence], Assert.Throws<InvalidInputException>(build).Message.Split('\n'));

    /// <summary>Equal by value, with equal hashes; unlike each of the others.</summary>
    internal static void Equality(Func<Schedule> build, params ReadOnlySpan<Schedule> others)
    {
        Assert.Equal(build(), build());
        Assert.Equal(build().GetHashCode(), build().GetHashCode());
        foreach (var other in others)
        {
            Assert.NotEqual(build(), other);
        }
    }
}
