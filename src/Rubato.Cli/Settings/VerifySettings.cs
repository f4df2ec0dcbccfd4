namespace Rubato.Cli.Settings;

/// <summary>
/// What a verification is asked for: a training with a rewrite that claims equality of functions, and how closely to look.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed record VerifySettings
{
    /// <summary>The tolerance with numbers of 64 bits unless another is given.</summary>
    public const double DoubleTolerance = 1e-8;

    /// <summary>The tolerance with numbers of 32 bits unless another is given.</summary>
    public const double SingleTolerance = 1e-3;

    /// <summary>
    /// The training, with its rewrites, the last of them in exponential form. Its run folder is not used; a learning rate that is null is
    /// the optimizer's usual one.
    /// </summary>
    public TrainSettings Training { get; init; } = new();

    /// <summary>Whether numbers have 64 bits, as networks are not usually trained; otherwise 32.</summary>
    public bool IsDouble { get; init; } = true;

    /// <summary>After how many updates to stop; at least 1. Null: at the end of the plan.</summary>
    public long? Updates { get; init; }

    /// <summary>At every n-th update outputs and directions are compared, and at the last; at least 1.</summary>
    public int Every { get; init; } = 10;

    /// <summary>On how many test samples the outputs are compared; at least 1, and all where there are fewer.</summary>
    public int Probe { get; init; } = 256;

    /// <summary>
    /// How large a difference of any output may be; finite, above 0. Null: <see cref="DoubleTolerance"/>, or <see cref="SingleTolerance"/>.
    /// </summary>
    public double? Tolerance { get; init; }
}
