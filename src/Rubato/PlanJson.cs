using System.Diagnostics.CodeAnalysis;
using Rubato.Json;
using Rubato.Schedules;

namespace Rubato;

/// <summary>
/// Plans as JSON: <c>{"version": 1, "length": "30ep", "samples_per_epoch": 50000, "learning_rate": {...}, "batch_size": {...}}</c>, and
/// where they are not at their defaults <c>momentum</c>, <c>weight_decay</c>, <c>tail</c> and <c>groups</c>. Schedules as in
/// <see cref="ScheduleJson"/>.
/// </summary>
/// <remarks>Reading is strict: what is not known, and what is missing, is refused.</remarks>
public static class PlanJson
{
    private const string Subject = "plan JSON";
    private static readonly Schedule Zero = new Constant(0);

    /// <summary>Writes a plan's settings.</summary>
    /// <param name="settings">What to write; functions of your own are written by their names.</param>
    /// <returns>Indented JSON that <see cref="Read"/> reads back to equal settings.</returns>
    /// <exception cref="InvalidInputException">A schedule is nested deeper than can be read back: 256 levels of JSON.</exception>
    public static string Write(PlanSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var document = new PlanDocument(
            JsonText.Version,
            settings.Length,
            settings.LearningRate,
            settings.BatchSize,
            settings.SamplesPerEpoch,
            settings.Momentum == Zero ? null : settings.Momentum,
            settings.WeightDecay == Zero ? null : settings.WeightDecay,
            settings.Tail,
            settings.Groups.IsDefaultOrEmpty ? null : [.. settings.Groups]);
        return JsonText.Write(document, Subject);
    }

    /// <summary>Reads a plan's settings.</summary>
    /// <param name="json">The JSON; wherever a schedule stands in it, a number or the text form may stand as well.</param>
    /// <param name="functions">The functions that may be named; null for none.</param>
    /// <returns>The settings; whether they make a plan is for <see cref="TrainingPlan"/> to say.</returns>
    /// <exception cref="InvalidInputException">
    /// The JSON has another form; one sentence with the path, such as <c>$.learning_rate.from</c>.
    /// </exception>
    public static PlanSettings Read(string json, ScheduleFunctions? functions = null)
    {
        functions ??= ScheduleFunctions.None;
        var document = JsonText.Read<PlanDocument>(json, Subject, functions, out var namesFunctions);
        return new PlanSettings
        {
            Length = document.Length,
            SamplesPerEpoch = document.SamplesPerEpoch,
            LearningRate = Bound(document.LearningRate),
            BatchSize = Bound(document.BatchSize),
            Momentum = Bound(document.Momentum ?? Zero),
            WeightDecay = Bound(document.WeightDecay ?? Zero),
            Tail = document.Tail,
            Groups = [.. (document.Groups ?? []).Select(group => group with
            {
                LearningRate = Bound(group.LearningRate),
                Momentum = Bound(group.Momentum),
                WeightDecay = Bound(group.WeightDecay),
            })],
        };

        [return: NotNullIfNotNull(nameof(schedule))]
        Schedule? Bound(Schedule? schedule) => schedule is not null && namesFunctions ? functions.Bind(schedule) : schedule;
    }
}
