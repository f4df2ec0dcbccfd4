using System.Text.Json;
using Rubato.Control;
using Rubato.Plans;

namespace Rubato.Json;

/// <summary>The plan that a driver's position was saved under, where it is another than the one that it is restored into.</summary>
internal static class SavedPlan
{
    /// <summary>The remedy of what is refused, in the library's words.</summary>
    internal const string Remedy = "give what the saved run has, or choose ResumePolicy.Keep, UseNew or SameEpoch";

    /// <summary>The plan as JSON; null if it is nested too deep for that.</summary>
    internal static JsonElement? Write(PlanSettings settings)
    {
        try
        {
            using var document = JsonDocument.Parse(PlanJson.Write(settings), new JsonDocumentOptions { MaxDepth = JsonContract.MaxDepth });
            return document.RootElement.Clone();
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>The controller over the saved plan.</summary>
    /// <exception cref="InvalidInputException">The plan cannot be read, or the controller cannot be moved to it.</exception>
    internal static Controller Over(Controller controller, DriverDocument saved, ScheduleFunctions? functions)
    {
        if (saved.Settings is not { } json)
        {
            throw new InvalidInputException(
                "the saved run's plan was nested too deep to be saved; choose ResumePolicy.UseNew, or restore it into its own plan.");
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
}
