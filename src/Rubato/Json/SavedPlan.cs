using System.Collections.Immutable;
using System.Text.Json;
using Rubato.Control;
using Rubato.Plans;

namespace Rubato.Json;

/// <summary>The plan that a driver's position was saved under, where it is another than the one that it is restored into.</summary>
internal static class SavedPlan
{
    /// <summary>The remedy of what is refused, in the library's words.</summary>
    internal const string Remedy = "give what the saved run has, or choose ResumePolicy.Keep, UseNew or SameEpoch";

    /// <summary>
    /// The plan as <see cref="PlanJson"/> reads it, with schedules in their text form: the contract of all schedules takes longer to build
    /// than a short run may spend on being saved.
    /// </summary>
    internal static JsonElement Write(PlanSettings settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, JsonText.Version);
            json.WriteString("length"u8, $"{settings.Length}");
            json.WriteString("learning_rate"u8, $"{settings.LearningRate}");
            json.WriteString("batch_size"u8, $"{settings.BatchSize}");
            if (settings.SamplesPerEpoch is { } samples)
            {
                json.WriteNumber("samples_per_epoch"u8, samples);
            }

            json.WriteString("momentum"u8, $"{settings.Momentum}");
            json.WriteString("weight_decay"u8, $"{settings.WeightDecay}");
            json.WriteString("tail"u8, settings.Tail == EpochTail.Cut ? "cut" : "carry");
            if (!settings.Groups.IsEmpty)
            {
                WriteGroups(json, settings.Groups);
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        return document.RootElement.Clone();
    }

    /// <summary>The controller over the saved plan.</summary>
    /// <exception cref="InvalidInputException">The plan cannot be read, or the controller cannot be moved to it.</exception>
    internal static Controller Over(Controller controller, DriverDocument saved, ScheduleFunctions? functions)
    {
        if (saved.Settings is not { } json)
        {
            throw new InvalidInputException("the saved run has no plan; choose ResumePolicy.UseNew, or restore it into its own plan.");
        }

        var settings = PlanJson.Read(json.GetRawText(), functions);
        return PlanFingerprint.Of(settings) != saved.Plan
            ? throw new InvalidInputException("the saved run's plan is not the one that its fingerprint names; the text was changed.")
            : controller.WithPlan(new TrainingPlan(settings)) ?? throw new InvalidInputException(
                $"the controller {controller.GetType().Name} cannot be moved to the saved run's plan; "
                + "override WithPlan in it and in those within, or choose ResumePolicy.UseNew.");
    }

    /// <summary>What the saved samples are multiplied by to be at the same epoch.</summary>
    /// <exception cref="InvalidInputException">One of the plans has no size of an epoch.</exception>
    internal static double EpochFactor(PlanSettings own, DriverDocument saved)
    {
        var before = saved.Settings is { } json && json.TryGetProperty("samples_per_epoch"u8, out var size)
            && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var count)
            ? count
            : (long?)null;
        return own.SamplesPerEpoch is { } now && before is > 0
            ? (double)now / before.Value
            : throw new InvalidInputException(new Finding(
                nameof(PlanSettings.SamplesPerEpoch),
                null,
                $"is missing in the plan of {(own.SamplesPerEpoch is null ? "this run" : "the saved run")}, so that there is no same epoch",
                "choose ResumePolicy.UseNew"));
    }

    /// <summary>The refusal of <see cref="ResumePolicy.Strict"/>: all that differs.</summary>
    internal static InvalidInputException Refused(PlanSettings own, DriverDocument saved)
    {
        IReadOnlyList<Finding> found = [];
        try
        {
            found = saved.Settings is { } json ? PlanDifference.Between(own, PlanJson.Read(json.GetRawText())) : [];
        }
        catch (InvalidInputException)
        {
            // The plan names functions of its program; the fingerprints say that it differs.
        }

        return found.Count > 0
            ? new InvalidInputException([.. found.SkipLast(1), found[^1] with { Remedy = Remedy }])
            : new InvalidInputException(
                $"the saved run belongs to another plan ({saved.Plan}) than this one ({PlanFingerprint.Of(own)}); {Remedy}.");
    }

    private static void WriteGroups(Utf8JsonWriter json, ImmutableArray<GroupSettings> groups)
    {
        json.WriteStartArray("groups"u8);
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, group.Name);
            WriteOwn(json, "learning_rate", group.LearningRate);
            WriteOwn(json, "momentum", group.Momentum);
            WriteOwn(json, "weight_decay", group.WeightDecay);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOwn(Utf8JsonWriter json, string name, Schedule? schedule)
    {
        if (schedule is not null)
        {
            json.WriteString(name, $"{schedule}");
        }
    }
}
