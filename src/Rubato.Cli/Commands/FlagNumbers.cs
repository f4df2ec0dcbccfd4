using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Cli.Commands;

/// <summary>Reads numbers after flags; their ranges are the business of others.</summary>
internal static class FlagNumbers
{
    /// <summary>Reads a number.</summary>
    /// <param name="name">The flag without its dashes.</param>
    /// <param name="text">What stands after it; null where it is not given.</param>
    /// <param name="example">A value, for messages.</param>
    /// <param name="findings">Receives a sentence where it cannot be used.</param>
    /// <returns>The number; null where the flag is not given, or cannot be used.</returns>
    internal static double? Number(string name, string? text, string? example, List<Finding> findings)
    {
        if (text is null)
        {
            return null;
        }

        if (WrittenNumber.TryRead(text, out var value))
        {
            return value;
        }

        findings.Add($"--{name} is '{text}'; it must be a number, for instance --{name} {example}.");
        return null;
    }

    /// <summary>Reads a whole number in the same way.</summary>
    internal static int? Whole(string name, string? text, string? example, List<Finding> findings)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        findings.Add($"--{name} is '{text}'; it must be a whole number of at most {int.MaxValue}, for instance --{name} {example}.");
        return null;
    }
}
