using System.Globalization;

namespace Rubato.Control;

/// <summary>The memory of a <see cref="LossGuard"/>, and its last answer.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GuardState : ISavedValue
{
    /// <summary>L0, the loss before anything was learned; null until a finite loss is seen.</summary>
    public required double? StartLoss { get; init; }

    /// <summary>e, the smoothed loss; null before the first finite loss and after a rollback, where it starts at L0.</summary>
    public required double? Smoothed { get; init; }

    /// <summary>The lowest e that was judged since the start or the last rollback; null while e is not judged.</summary>
    public required double? Best { get; init; }

    /// <summary>The first gradient norm; null until a finite one is seen.</summary>
    public required double? StartNorm { get; init; }

    /// <summary>The smoothed gradient norm; null before the first and after a rollback, where it starts at the first one.</summary>
    public required double? Norm { get; init; }

    /// <summary>Updates since the start or the last rollback; at least 0.</summary>
    public required long Updates { get; init; }

    /// <summary>Updates since the candidate snapshot was taken; at least 0.</summary>
    public required long SinceKept { get; init; }

    /// <summary>Updates in a row with e well above best; at least 0.</summary>
    public required long SinceNearBest { get; init; }

    /// <summary>Rollbacks and restarts so far; at least 0.</summary>
    public required int Rollbacks { get; init; }

    /// <summary>The factor on every rate; above 0.</summary>
    public required double Scale { get; init; }

    /// <summary>What the last update's loss was answered with; <see cref="GuardDecision.Continue"/> before the first.</summary>
    public required GuardDecision Decision { get; init; }

    string? ISavedValue.Finding() =>
        Updates < 0 || SinceKept < 0 || SinceNearBest < 0 || Rollbacks < 0
            ? $"guard has {Updates} updates, {SinceKept} since it kept a snapshot, {SinceNearBest} since it was near its best and "
                + $"{Rollbacks} rollbacks; each must be at least 0"
        : !(Scale > 0) || !Enum.IsDefined(Decision)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"guard has the scale {Scale} and the decision {Decision}; "
                + $"the scale must be above 0, the decision one of continue, keep, roll_back and restart")
        : null;
}
