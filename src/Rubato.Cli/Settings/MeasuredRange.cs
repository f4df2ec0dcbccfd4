using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Settings;

/// <summary>What a range test came to.</summary>
/// <param name="Outcome">What was measured.</param>
/// <param name="Settings">The training with every choice filled in, but for its learning rate.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MeasuredRange(RangeTestOutcome Outcome, TrainSettings Settings);
