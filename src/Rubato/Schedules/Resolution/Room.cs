namespace Rubato.Schedules;

/// <summary>A part of a schedule, by the name and with the length that its writer gave it.</summary>
/// <param name="Name">Such as <c>its warm-up</c>.</param>
/// <param name="Length">How long; the rest for the part that takes what the others leave.</param>
internal readonly record struct NamedPart(string Name, Duration Length);

/// <summary>Says that parts of a schedule leave no room to the one that takes the rest, in the writer's words and units.</summary>
internal static class Room
{
    // Shares such as 0.1, 0.2 and 0.7 add up to a little more than 1.
    private const double RoundingShare = 1e-12;
    private const int Digits = 6;

    /// <summary>What parts leave of a room; 0 where only rounding makes it less.</summary>
    internal static double Left(double room, double taken) =>
        double.IsFinite(room) && Math.Abs(room - taken) <= RoundingShare * room ? 0 : room - taken;

    /// <summary>Looks at the parts of a recipe before its curves and combinators are, which have other names.</summary>
    /// <param name="place">Where the recipe stands.</param>
    /// <param name="needsSome">Whether what takes the rest must have some time, unless the others have none.</param>
    /// <param name="parts">In their order.</param>
    /// <exception cref="InvalidInputException">No room is left, or a length cannot be converted.</exception>
    internal static void Require(in Place place, bool needsSome, params IReadOnlyList<NamedPart> parts)
    {
        var (inner, taken) = (place, 0.0);
        NamedPart[] counted = [.. parts.Where(part => !part.Length.IsRest)];
        if (counted.Length == parts.Count)
        {
            return;
        }

        foreach (var part in parts)
        {
            var positions = part.Length.IsRest ? double.NaN : inner.Positions(part.Length);
            inner = inner with { Start = inner.Start + positions };
            taken += part.Length.IsRest ? 0 : positions;
        }

        var left = Left(place.Room, taken);
        if (left < 0 || (needsSome && taken > 0 && left <= 0))
        {
            TimeUnit?[] units = [.. counted.Select(part => (TimeUnit?)part.Length.Unit)];
            var named = string.Join(" and ", counted.Select(part => $"{part.Name} of {part.Length}"));
            var room = InUnits(place, place.Room, units);
            throw new InvalidInputException(counted.Length == 1
                ? new Finding($"{named} leaves nothing of {room}") { Remedy = "shorten it" }
                : new Finding($"{named} need {InUnits(place, taken, units)} of {room}") { Remedy = "shorten them" });
        }
    }

    /// <summary>A length in the unit that others are written in; in that of the axis where they have several, or it is not known.</summary>
    internal static Duration InUnits(in Place place, double positions, IEnumerable<TimeUnit?> written)
    {
        TimeUnit?[] units = [.. written.Distinct()];
        var shown = units is [{ } unit] ? (Length: place.Within(positions, unit), unit) : (null, place.Axis.Unit);
        return shown.Length is { } length
            ? Duration.Of(Rounded(length), shown.unit)
            : Duration.Of(Rounded(positions), place.Axis.Unit);
    }

    // A third of an epoch need not be told to sixteen digits.
    private static double Rounded(double value)
    {
        var places = value > 0 ? Digits - 1 - (int)Math.Floor(Math.Log10(value)) : 0;
        return places is > 0 and <= 15 ? Math.Round(value, places) : Math.Round(value);
    }
}
