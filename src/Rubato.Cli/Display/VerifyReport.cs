using System.Text;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>The tables below the chart of a verification: accuracies over time, and the largest differences.</summary>
internal static class VerifyReport
{
    private const int MostEpochs = 20;

    /// <summary>The tables.</summary>
    /// <param name="outcome">The verification.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    internal static string Of(VerificationOutcome outcome)
    {
        var text = new StringBuilder();
        var accuracies = outcome.Accuracies;
        if (!accuracies.IsEmpty)
        {
            var every = ((accuracies.Length - 1) / MostEpochs) + 1;
            var kept = accuracies.Where((_, i) => (accuracies.Length - 1 - i) % every == 0);
            TextTable.Append(text, [["epoch", "update", "accuracy", "rewritten", "rounded differently"], .. kept.Select(Row)]);
            text.Append('\n');
        }

        TextTable.Append(text, [["largest difference", "rewritten", "rounded differently", "updates"], .. Differences(outcome)]);
        return text.ToString();
    }

    private static string[] Row(VerifiedAccuracy accuracy) =>
    [
        VerifyText.Epoch(accuracy),
        $"{accuracy.Update:N0}",
        TrainingText.Percent(accuracy.Claimed),
        TrainingText.Percent(accuracy.Rewritten),
        TrainingText.Percent(accuracy.Rounded),
    ];

    private static IEnumerable<string[]> Differences(VerificationOutcome outcome)
    {
        if (outcome.Judged > 0)
        {
            var judged = Until(outcome.Points[outcome.Judged - 1].Update);
            var (output, rounding) = (outcome.LargestFunctionDifference, outcome.LargestRounding);
            yield return ["of an output", VerifyText.Difference(output), VerifyText.Difference(rounding), judged];
            yield return ["of a direction", VerifyText.Difference(outcome.LargestDirectionDifference), "", judged];
        }

        var all = outcome.Points.IsEmpty ? "none" : Until(outcome.Points[^1].Update);
        yield return ["of a batch's loss", VerifyText.Difference(outcome.LargestLossDifference), "", all];
        if (!outcome.Accuracies.IsEmpty)
        {
            yield return
            [
                "of the accuracy",
                TrainingText.Percent(outcome.LargestAccuracyDifference),
                TrainingText.Percent(outcome.LargestRoundedAccuracyDifference),
                Until(outcome.Accuracies[^1].Update),
            ];
        }
    }

    private static string Until(long update) => $"1 .. {update:N0}";
}
