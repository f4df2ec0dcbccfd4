using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>What a verification came to, in a sentence.</summary>
internal static class VerifyVerdict
{
    internal static string Of(VerificationOutcome outcome)
    {
        var form = outcome.Description.Exponential.Form;
        return outcome.Holds switch
        {
            true => $"{form} holds over {Span(outcome)}{Claim(outcome)}: "
                + $"no output differs by more than {VerifyText.Difference(outcome.LargestFunctionDifference)}, "
                + $"and {Allowed(outcome)} is allowed{Rest(outcome)}",
            false => $"{form} does not hold{Claim(outcome)}: {Broken(outcome)}",
            _ => $"nothing can be said of {form}: {Unknown(outcome)}",
        };
    }

    private static string Claim(VerificationOutcome outcome) =>
        VerifyText.IsWithoutDrops(outcome.Description) ? $", compared with {VerifyText.Claim(outcome.Description)}" : "";

    private static string Span(VerificationOutcome outcome)
    {
        var last = outcome.Points[outcome.Judged - 1].Update;
        var isAll = outcome.End == VerificationEnd.Completed && outcome.Judged == outcome.Points.Length;
        return (isAll, last) switch
        {
            (_, 1) => isAll ? "the only update" : "the first update",
            (true, _) => $"all {last:N0} updates",
            _ => $"the first {last:N0} updates",
        };
    }

    private static string Rest(VerificationOutcome outcome) => outcome switch
    {
        _ when outcome.Judged < outcome.Points.Length =>
            $"; after that rounding alone drives two runs apart by more than {Drowned(outcome)}, a tenth of that, "
            + $"so that a difference says nothing; {Further(outcome)} further",
        { End: VerificationEnd.NonFinite } => "; after that the loss of the plan itself was not finite; a lower rate reaches further",
        _ => "",
    };

    private static string Broken(VerificationOutcome outcome) => outcome.FirstDifference is not { } point ? "" :
        $"after update {point.Update:N0} an output differs by {VerifyText.Difference(point.FunctionDifference)}, "
        + $"and {Allowed(outcome)} is allowed; rounding alone makes {VerifyText.Difference(point.Rounding)}"
        + (outcome.Description.IsDouble
            ? ""
            : ", but a single activation on the other side of 0 can make a jump: --precision float64 decides");

    private static string Unknown(VerificationOutcome outcome)
    {
        if (outcome.Points.IsEmpty)
        {
            return "the loss of the plan itself was not finite before anything was compared; lower --lr, or compare earlier with --every 1";
        }

        var (after, rounding) = (TrainingText.Count(outcome.Points[0].Update, "update"), outcome.Points[0].Rounding);
        return double.IsNaN(rounding)
            ? $"after {after} outputs were not finite where only rounding differs; lower --lr, or compare earlier with --every 1"
            : $"after {after} rounding alone drives two runs apart by {VerifyText.Difference(rounding)}, "
                + $"more than {Drowned(outcome)}, a tenth of what is allowed; "
                + $"lower --lr,{(outcome.Description.IsDouble ? "" : " take --precision float64,")} "
                + "compare earlier with --every 1, or allow more with --tolerance";
    }

    private static string Allowed(VerificationOutcome outcome) => VerifyText.Difference(outcome.Description.Tolerance);

    private static string Drowned(VerificationOutcome outcome) =>
        VerifyText.Difference(VerificationOutcome.RoundingShare * outcome.Description.Tolerance);

    private static string Further(VerificationOutcome outcome) =>
        outcome.Description.IsDouble ? "a lower rate reaches" : "a lower rate or float64 reaches";
}
