using System.Text;
using Rubato.Numerics;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Display;

/// <summary>Plans in words and figures.</summary>
internal static class PlanReport
{
    /// <summary>One plan: its length, its updates, and where its values are highest and lowest.</summary>
    /// <param name="survey">The plan.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    internal static string Of(PlanSurvey survey)
    {
        var perEpoch = survey.UpdatesPerEpoch is { } updates ? $" ({Number(updates)} an epoch)" : "";
        var rows = new List<(string Name, string Value)> { ("length", Length(survey)), ("updates", $"{survey.Updates:N0}{perEpoch}") };
        rows.AddRange(survey.Curves.Select(curve => (Name(curve), Value(curve, survey))));
        rows.AddRange(ExponentialReport.Rows(survey));
        var text = new StringBuilder();
        Append(text, rows);
        AppendNotes(text, survey, "note");
        return text.ToString();
    }

    /// <summary>Several plans, a row each.</summary>
    /// <param name="plans">The plans, in the order of the legend.</param>
    /// <param name="numbers">The number that the legend gives each.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    internal static string Comparison(IReadOnlyList<NamedPlan> plans, IReadOnlyList<char> numbers)
    {
        // The command asks for the noise scale of every plan or of none.
        var noise = plans[0].Survey.Noise;
        string[] head = ["plan", "updates", "samples", "peak rate", "largest batch", "final rate", .. Noise(noise, _ => "noise scale")];
        var rows = new List<string[]> { head };
        rows.AddRange(plans.Select((plan, i) => (string[])
        [
            $"{numbers[i]}",
            $"{plan.Survey.Updates:N0}",
            $"{plan.Survey.Samples ?? plan.Survey.Plan.Samples:N0}",
            Number(plan.Survey[PlanQuantity.LearningRate].Highest.Value),
            $"{plan.Survey[PlanQuantity.BatchSize].Highest.Value:N0}",
            Number(plan.Survey[PlanQuantity.LearningRate].Final),
            .. Noise(plan.Survey.Noise, FirstAndLast),
        ]));
        var text = new StringBuilder();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))).Append('\n');
        }

        if (noise is not null)
        {
            text.Append($"{PlanLabels.Of(noise.Quantity)}: {Formula(noise.Quantity)}, at the first and the last update\n");
        }

        foreach (var (i, plan) in plans.Index())
        {
            string NameOf(string row) => row.StartsWith(' ') ? row : $"{row} of plan {numbers[i]}";
            Append(text, [.. ExponentialReport.Rows(plan.Survey).Select(row => (NameOf(row.Name), row.Value))]);
        }

        foreach (var (i, plan) in plans.Index())
        {
            AppendNotes(text, plan.Survey, $"note on plan {numbers[i]}");
        }

        return text.ToString();
    }

    /// <summary>A value to six digits.</summary>
    internal static string Number(double value) => NumberText.Of(value, 6);

    internal static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";

    /// <summary>A value and where it stands.</summary>
    /// <param name="value">The value as text.</param>
    /// <param name="extreme">Where.</param>
    /// <param name="survey">The plan.</param>
    internal static string Extreme(string value, PlanExtreme extreme, PlanSurvey survey)
    {
        var epoch = survey.Plan.Settings.SamplesPerEpoch is { } size ? $"epoch {Number(Math.Round(extreme.Samples / size, 3))}" : null;
        return (extreme.Step, epoch) switch
        {
            ({ } step, null) => $"{value} at update {step:N0}",
            ({ } step, _) => $"{value} at update {step:N0} ({epoch})",
            (null, null) => $"{value} at about sample {extreme.Samples:N0}",
            _ => $"{value} at about {epoch}",
        };
    }

    private static void Append(StringBuilder text, List<(string Name, string Value)> rows)
    {
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max() + 2;
        rows.ForEach(row => text.Append(row.Name.PadRight(width)).Append(row.Value).Append('\n'));
    }

    private static string[] Noise(PlanCurve? noise, Func<PlanCurve, string> cell) => noise is null ? [] : [cell(noise)];

    private static string FirstAndLast(PlanCurve curve) =>
        curve.IsConstant ? PlanLabels.Value(curve.Final) : $"{PlanLabels.Value(curve.Points[0].Value)} .. {PlanLabels.Value(curve.Final)}";

    private static string Formula(PlanQuantity noise) =>
        noise == PlanQuantity.ExactNoise ? "lr / (1 - m) (N / B - 1)" : "lr N / ((1 - m) B)";

    private static void AppendNotes(StringBuilder text, PlanSurvey survey, string head)
    {
        if (survey.IsSampled)
        {
            var exact = survey.Form is null ? "" : ", but those of the exponential rate are exact";
            text.Append($"{head}: sampled: curves and extremes are those of {PlanSurvey.Places:N0} evenly spaced places{exact}.\n");
        }

        foreach (var note in PlanNotes.About(survey).Concat(ExponentialReport.Notes(survey)))
        {
            text.Append($"{head}: {note}\n");
        }
    }

    private static string Length(PlanSurvey survey)
    {
        var settings = survey.Plan.Settings;
        var epochs = settings.SamplesPerEpoch is { } size ? $"{Epochs((double)survey.Plan.Samples / size)}, " : "";
        var written = settings.Length.Unit is TimeUnit.Batches ? $"{settings.Length}: " : "";
        var seen = survey.Samples is { } samples && samples != survey.Plan.Samples ? $"; the updates see {samples:N0}" : "";
        return $"{written}{epochs}{Count(survey.Plan.Samples, "sample")}{seen}";
    }

    private static string Epochs(double epochs) => epochs == 1 ? "1 epoch" : $"{Number(epochs)} epochs";

    private static string Name(PlanCurve curve) =>
        curve.Group is null ? PlanLabels.Of(curve.Quantity) : $"{PlanLabels.Of(curve.Quantity)} of {curve.Group}";

    private static string Value(PlanCurve curve, PlanSurvey survey) => curve.IsConstant
        ? Number(curve.Final)
        : $"highest {Extreme(curve.Highest, survey)}; lowest {Extreme(curve.Lowest, survey)}";

    private static string Extreme(PlanExtreme extreme, PlanSurvey survey) => Extreme(Number(extreme.Value), extreme, survey);
}
