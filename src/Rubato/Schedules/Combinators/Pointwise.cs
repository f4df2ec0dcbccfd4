namespace Rubato.Schedules;

/// <summary>How the values of schedules at the same position become one.</summary>
internal interface IPointwise
{
    /// <summary>Of two values.</summary>
    static abstract double Of(double left, double right);
}

/// <summary>What the product and the sum of schedules share.</summary>
internal static class Pointwise
{
    private const int Chunk = 256;

    internal static double Evaluate<TOperation>(Schedule[] parts, double position)
        where TOperation : IPointwise
    {
        var value = parts[0].Evaluate(position);
        for (var i = 1; i < parts.Length; i++)
        {
            value = TOperation.Of(value, parts[i].Evaluate(position));
        }

        return value;
    }

    internal static void EvaluateAll<TOperation>(Schedule[] parts, Span<double> positions)
        where TOperation : IPointwise
    {
        Span<double> other = stackalloc double[Chunk];
        Span<double> kept = stackalloc double[Chunk];
        while (positions.Length > 0)
        {
            var values = positions[..Math.Min(Chunk, positions.Length)];
            values.CopyTo(kept);
            parts[0].EvaluateAll(values);
            for (var i = 1; i < parts.Length; i++)
            {
                kept[..values.Length].CopyTo(other);
                parts[i].EvaluateAll(other[..values.Length]);
                for (var j = 0; j < values.Length; j++)
                {
                    values[j] = TOperation.Of(values[j], other[j]);
                }
            }

            positions = positions[values.Length..];
        }
    }

    internal static double HoldsUntil(Schedule[] parts, double position)
    {
        var until = double.PositiveInfinity;
        foreach (var part in parts)
        {
            until = Math.Min(until, part.HoldsUntil(position));
        }

        return until;
    }

    internal static Schedule[] Resolve(Schedule[] parts, in Place place)
    {
        var resolved = new Schedule[parts.Length];
        for (var i = 0; i < resolved.Length; i++)
        {
            resolved[i] = parts[i].Resolve(place);
        }

        return resolved;
    }
}
