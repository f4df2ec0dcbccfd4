namespace Rubato;

/// <summary>The optimizer's usual rate for the network, as a <see cref="PeakRate"/>. Text: <c>usual</c>.</summary>
/// <remarks>Immutable; all are equal.</remarks>
public sealed record UsualRate : Rate
{
    /// <summary>The word for it.</summary>
    internal const string Word = "usual";

    /// <summary>0.05, as of the <see cref="PeakRate"/> that stands for it.</summary>
    public override double? UsualWarmup => PeakRate.Share;

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) =>
        throw new InvalidOperationException(
            "The usual rate depends on optimizer and network; put the number in its place before a plan is made.");

    private protected override string Print() => Word;
}
