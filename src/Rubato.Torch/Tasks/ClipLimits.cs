namespace Rubato.Torch.Tasks;

/// <summary>The limits of the gradient over a plan, each a function of the samples seen before an update; null for none.</summary>
/// <param name="Norm">The largest norm; finite, above 0.</param>
/// <param name="Value">The largest absolute value of an element; finite, above 0.</param>
/// <remarks>Immutable. Two are equal only if they share their functions.</remarks>
internal sealed record ClipLimits(Func<long, double>? Norm, Func<long, double>? Value)
{
    /// <summary>Reads the limits along a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="norm">The largest norm; null for any.</param>
    /// <param name="value">The largest element; null for any.</param>
    /// <returns>The limits; null if there is neither.</returns>
    /// <exception cref="InvalidInputException">
    /// A limit cannot be converted, or is not finite or not above 0; all findings at once.
    /// </exception>
    internal static ClipLimits? Of(TrainingPlan plan, Schedule? norm, Schedule? value)
    {
        var findings = new List<Finding>();
        var limits = new ClipLimits(Along(nameof(TrainerSettings.ClipNorm), norm), Along(nameof(TrainerSettings.ClipValue), value));
        return findings.Count > 0 ? throw new InvalidInputException(findings)
            : limits is { Norm: null, Value: null } ? null
            : limits;

        Func<long, double>? Along(string setting, Schedule? limit)
        {
            try
            {
                return limit is null ? null : plan.Along(setting, limit);
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
                return null;
            }
        }
    }

    /// <summary>The limits of the plan's start throughout.</summary>
    internal ClipLimits AtStart() => new(Held(Norm), Held(Value));

    private static Func<long, double>? Held(Func<long, double>? limit)
    {
        if (limit is null)
        {
            return null;
        }

        var start = limit(0);
        return _ => start;
    }
}
