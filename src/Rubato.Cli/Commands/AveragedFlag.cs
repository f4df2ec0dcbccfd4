using Rubato.RangeTests;

namespace Rubato.Cli.Commands;

/// <summary>The flag <c>--averaged</c>: what share of the average before each loss of a log keeps.</summary>
internal static class AveragedFlag
{
    /// <summary>The flag's name without its dashes.</summary>
    internal const string Name = "averaged";

    /// <summary>A value of it, for messages.</summary>
    internal const string Example = "0.98";

    /// <summary>Reads it.</summary>
    /// <param name="text">What stands after it; null where it is not given.</param>
    /// <param name="findings">Receives a sentence where it cannot be used.</param>
    /// <returns>The factor, in (0, 1); null for losses that are no averages.</returns>
    internal static double? Read(string? text, List<Finding> findings)
    {
        if (FlagNumbers.Number(Name, text, Example, findings) is not { } keep)
        {
            return null;
        }

        if (keep is > 0 and < 1)
        {
            return keep;
        }

        findings.Add(new Finding($"--{Name}", text, "it must be above 0 and below 1", $"for instance --{Name} {Example}"));
        return null;
    }

    /// <summary>What a person should know of losses that were taken as they are.</summary>
    /// <param name="losses">The losses.</param>
    /// <returns>The sentence; null where nothing speaks for averages.</returns>
    internal static string? NoteOn(IReadOnlyList<double> losses) => !AveragedLosses.AreLikely(losses) ? null
        : $"the losses are too smooth to be those of single batches: only {100 * AveragedLosses.TurningShare(losses):F0} % lie above or "
            + $"below both their neighbours; if they are averages, as fastai and Lightning log them, add --{Name} {Example}.";
}
