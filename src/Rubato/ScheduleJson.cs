using Rubato.Json;

namespace Rubato;

/// <summary>
/// Schedules as JSON: <c>{"version": 1, "schedule": {"kind": "linear", "from": 0, "to": 0.1, "length": "5ep"}}</c>. A kind is the name of
/// the text form, or <c>sequence</c>, <c>product</c>, <c>sum</c>; properties are those of the record in snake case; durations are text;
/// what a constructor lets be left out is left out at its default.
/// </summary>
/// <remarks>Reading is strict: what is not known, and what is missing, is refused.</remarks>
public static class ScheduleJson
{
    private const string Subject = "schedule JSON";

    /// <summary>Writes a schedule.</summary>
    /// <param name="schedule">What to write; functions of your own are written by their names.</param>
    /// <returns>Indented JSON that <see cref="Read"/> reads back to an equal schedule.</returns>
    /// <exception cref="InvalidInputException">The schedule is nested deeper than can be read back: 256 levels of JSON.</exception>
    public static string Write(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return JsonText.Write(new ScheduleDocument(JsonText.Version, schedule), Subject);
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="json">The JSON; wherever a schedule stands in it, a number or the text form may stand as well.</param>
    /// <param name="functions">The functions that may be named; null for none.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">
    /// The JSON has another form; one sentence with the path, such as <c>$.schedule.from</c>.
    /// </exception>
    public static Schedule Read(string json, ScheduleFunctions? functions = null)
    {
        functions ??= ScheduleFunctions.None;
        var document = JsonText.Read<ScheduleDocument>(json, Subject, functions, out var namesFunctions);
        return namesFunctions ? functions.Bind(document.Schedule) : document.Schedule;
    }
}
