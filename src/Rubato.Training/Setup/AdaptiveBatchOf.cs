using Rubato.Control;
using Rubato.Language;

namespace Rubato.Training.Setup;

/// <summary>The adaptive batch that settings ask for in place of a size or a schedule.</summary>
internal static class AdaptiveBatchOf
{
    /// <summary>At every so many updates the noise of the gradient is measured where nobody says.</summary>
    internal const int UsualMeasureNoise = 10;

    /// <summary>What is asked for; null where the batch is a number or a schedule.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    internal static AdaptiveBatchChoice? Choice(TrainSettings settings) =>
        AdaptiveBatchText.Is(settings.Batch) ? AdaptiveBatchText.Parse(settings.Batch, "--batch") : null;

    /// <summary>
    /// The controller with the adaptive batch around it; itself where none is asked for. Where the first batch is computed in micro-batches, later ones are
    /// whole multiples of the micro-batch, as those of rewrites are; a choice that says a multiple keeps its own.
    /// </summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="inner">What decides all but the batch.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="InvalidInputException">The plan leaves no room for it; one sentence each that names <c>--batch</c>.</exception>
    internal static Controller Around(TrainSettings settings, Controller inner, TrainingPlan plan)
    {
        if (Choice(settings) is not { } choice)
        {
            return inner;
        }

        var whole = new AdaptiveBatchChoice(choice.FirstBatch, choice.Settings with { Multiple = choice.Settings.Multiple ?? RewritesOf.MultipleOf(settings, choice.FirstBatch) });
        try
        {
            return whole.Over(inner, plan);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => $"--batch is '{choice}': {finding}")], exception);
        }
    }
}
