using Rubato.Torch.Objectives;

namespace Rubato.Torch.Tasks;

/// <summary>What can be watched of a training, and what cannot.</summary>
internal static class WatchedLimits
{
    /// <summary>What the best epoch is chosen by.</summary>
    /// <param name="settings">How it trains.</param>
    /// <param name="subject">What is trained.</param>
    /// <returns>What is asked for, or what an early stop needs; null for nothing.</returns>
    internal static Watched? BestOf(TrainerSettings settings, TrainingSubject subject) =>
        settings.Best
        ?? (settings.StopEarly is null ? null : subject.ValidationCount > 0 ? Watched.ValidationLoss : Watched.TestLoss);

    /// <summary>The findings about samples for validation, and about all that is watched.</summary>
    /// <param name="settings">How it trains.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="subject">What is trained.</param>
    internal static IReadOnlyList<Finding> Findings(TrainerSettings settings, Rate rate, TrainingSubject subject)
    {
        if (settings.Validation is > 0 and < 1 and var share && subject.ValidationCount == 0)
        {
            return
            [
                new Finding(
                    nameof(TrainerSettings.Validation),
                    share,
                    $"which leaves none of {subject.TrainCount} training samples for validation, or none to train on",
                    "write another share, or give more samples"),
            ];
        }

        var findings = new List<Finding>();
        if (settings.Best is { } best)
        {
            Add(nameof(TrainerSettings.Best), best.ToString(), best);
        }
        else if (settings.StopEarly is { } patience && BestOf(settings, subject) is { } usual)
        {
            Add(nameof(TrainerSettings.StopEarly), patience, usual);
        }

        if (rate is PlateauRate { Settings.Watch: { } watched })
        {
            Add(nameof(PlanSettings.LearningRate), $"{rate}", watched);
        }

        return findings;

        void Add(string setting, object value, Watched what)
        {
            if (Missing(what, subject) is var (missing, remedy))
            {
                findings.Add(new Finding(setting, value, $"but there {missing}, and {what.Text()} would be watched", remedy));
            }
        }
    }

    private static (string Missing, string Remedy)? Missing(Watched watched, TrainingSubject subject) =>
        watched.IsOfValidation() && subject.ValidationCount == 0
            ? ("are no validation samples", "hold some out, for instance by the share 0.1")
        : !watched.IsOfValidation() && subject.HeldOutCount == 0
            ? ("are no test samples", "give the trainer held-out samples, or watch another measure")
        : watched.IsAccuracy() && !subject.MeasuresAccuracy
            ? ("is no accuracy, since targets are no class numbers", "watch the loss")
        : null;
}
