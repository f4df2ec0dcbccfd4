using Rubato.Rewrites;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Display;

/// <summary>Exponential rates in words and figures.</summary>
internal static class ExponentialReport
{
    private const int MostCorrections = 5;

    /// <summary>The rates of a plan: highest and lowest, how they grow, where float32 ends, and the corrections of the buffer.</summary>
    /// <param name="survey">The plan.</param>
    /// <returns>Rows of the report, with the rows of a group after those of the plan; none where the rates were not asked for.</returns>
    internal static IEnumerable<(string Name, string Value)> Rows(PlanSurvey survey) =>
        survey.Exponential.SelectMany(rates => Rows(rates, survey));

    /// <summary>What is to be said of them beside the rows, a sentence each.</summary>
    /// <param name="survey">The plan.</param>
    internal static IEnumerable<string> Notes(PlanSurvey survey)
    {
        var decays = survey.Curves.Where(curve => curve.Quantity == PlanQuantity.WeightDecay);
        if (survey.Form is { } form && decays.All(curve => curve.Highest.Value == 0))
        {
            yield return $"without weight decay there is nothing that {form} could write as growth: "
                + "the exponential rate is the learning rate; add --weight-decay.";
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(ExponentialSurvey rates, PlanSurvey survey)
    {
        var curve = rates.Curve;
        var name = curve.Group is null ? PlanLabels.Of(curve.Quantity) : $"{PlanLabels.Of(curve.Quantity)} of {curve.Group}";
        yield return (name, $"highest {Extreme(curve.Highest, survey)}; lowest {Extreme(curve.Lowest, survey)}");
        foreach (var phase in rates.Phases)
        {
            var rise = $"{PlanLabels.Power(phase.First.Value)} .. {PlanLabels.Power(phase.Last.Value)}";
            yield return ($"  {Place(phase, survey)}", $"{rise}, {Growth(phase)}");
        }

        if (!rates.IsSteady)
        {
            yield return ("  growth on average", Average(rates, survey));
        }

        yield return ("  beyond float32", rates.Overflow is { } overflow ? $"first {Extreme(overflow, survey)}" : "never");
        if (survey.Form is { Form: not ExponentialForm.AnySchedule } form)
        {
            var steps = rates.Corrections.Select(correction => $"{correction.Step:N0}").ToList();
            var places = steps.Count is > 0 and <= MostCorrections
                ? $", before {(steps.Count == 1 ? "update" : "updates")} {string.Join("; ", steps)}"
                : "";
            yield return ("  buffer corrections", $"{steps.Count:N0}{(form.IsCorrected ? "" : " left out")}{places}");
        }
    }

    private static string Growth(SteadyPhase phase) => phase.LogFactorPerEpoch is { } perEpoch
        ? $"grows {Factor(perEpoch)}-fold an epoch"
        : $"grows {Factor(2 * phase.Growth.LogGrowth)}-fold an update";

    // Of weight decay alone: what the schedule of the rate adds to it or takes away is left out.
    private static string Average(ExponentialSurvey rates, PlanSurvey survey) => survey.Plan.Settings.SamplesPerEpoch is { } size
        ? $"{Factor(2 * rates.LogGrowth * size / survey.Plan.Samples)}-fold an epoch, by the weight decay"
        : $"{Factor(2 * rates.LogGrowth / survey.Updates)}-fold an update, by the weight decay";

    // Four digits say what an epoch does, and nothing of what a slow update does.
    private static string Factor(double log) => Math.Exp(log) switch
    {
        >= 1e4 => PlanLabels.Power(log / Math.Log(10)),
        >= 1.001 and var factor => $"{factor:F4}",
        var factor => $"{factor:G8}",
    };

    private static string Place(SteadyPhase phase, PlanSurvey survey) => survey.Plan.Settings.SamplesPerEpoch is { } size
        ? $"epochs {Math.Round((double)phase.From / size, 2)} .. {Math.Round(phase.Last.Samples / size, 2)}"
        : $"updates {phase.First.Step:N0} .. {phase.Last.Step:N0}";

    private static string Extreme(PlanExtreme extreme, PlanSurvey survey) =>
        PlanReport.Extreme(PlanLabels.Power(extreme.Value), extreme, survey);
}
