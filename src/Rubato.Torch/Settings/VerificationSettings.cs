namespace Rubato.Torch;

/// <summary>How closely a verification looks at a run and its exponential form; see <see cref="Trainer.Verify"/>.</summary>
/// <remarks>Immutable. Nothing is checked here: the trainer reports all findings at once.</remarks>
public sealed record VerificationSettings
{
    /// <summary>The tolerance with numbers of 64 bits unless another is given.</summary>
    public const double DoubleTolerance = 1e-8;

    /// <summary>The tolerance with numbers of 32 bits unless another is given.</summary>
    public const double SingleTolerance = 1e-3;

    /// <summary>
    /// Whether numbers have 64 bits, so that rounding errors do not matter for long; otherwise 32, as usual in training.
    /// </summary>
    public bool IsDouble { get; init; } = true;

    /// <summary>After how many updates to stop; at least 1. Null: at the end of the plan.</summary>
    public long? Updates { get; init; }

    /// <summary>Outputs and directions are compared at every n-th update, at least 1, and at the last.</summary>
    public int Every { get; init; } = 10;

    /// <summary>On how many samples the outputs are compared; at least 1, and all if there are fewer.</summary>
    public int Probe { get; init; } = 256;

    /// <summary>
    /// The largest difference of any output at which the claim still holds; finite, above 0. Null: <see cref="DoubleTolerance"/>, or
    /// <see cref="SingleTolerance"/>.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>The tolerance that holds.</summary>
    internal double Allowed => Tolerance ?? (IsDouble ? DoubleTolerance : SingleTolerance);

    /// <summary>The numbers that are out of their ranges.</summary>
    internal IReadOnlyList<Finding> Findings()
    {
        var findings = new List<Finding>();
        Require(nameof(Updates), Updates, Updates is null or >= 1, "it must be at least 1", "300");
        Require(nameof(Every), Every, Every >= 1, "it must be at least 1", "10");
        Require(nameof(Probe), Probe, Probe >= 1, "it must be at least 1", "256");
        Require(
            nameof(Tolerance), Tolerance, Tolerance is null or (> 0 and <= double.MaxValue), "it must be a finite number above 0", "1e-8");
        return findings;

        void Require(string name, object? value, bool holds, string rule, string example)
        {
            if (!holds)
            {
                findings.Add(new Finding(name, value, rule, $"for instance {example}"));
            }
        }
    }
}
