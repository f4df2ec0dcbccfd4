using Rubato.Torch;

namespace Rubato.Cli.Settings;

/// <summary>
/// What a verification is asked for: a training with a rewrite that claims equality of functions, and how closely to look.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed record VerifySettings
{
    /// <summary>
    /// The training, with its rewrites, the last of them in exponential form. Its run folder is not used; a learning rate that is null is
    /// the optimizer's usual one.
    /// </summary>
    public TrainSettings Training { get; init; } = new();

    /// <summary>How closely to look.</summary>
    public VerificationSettings Closeness { get; init; } = new();
}
