using System.Globalization;

namespace Rubato.Control;

/// <summary>The memory of a <see cref="LossGuard"/>, and its last answer.</summary>
/// <param name="StartLoss">L0, the loss before anything was learned; null until a finite loss is seen.</param>
/// <param name="Smoothed">e, the smoothed loss; null before the first finite loss and after a rollback, where it starts at L0.</param>
/// <param name="Best">The lowest e that was judged since the start or the last rollback; null while e is not judged.</param>
/// <param name="StartNorm">The first gradient norm; null until a finite one is seen.</param>
/// <param name="Norm">The smoothed gradient norm; null before the first and after a rollback, where it starts at the first one.</param>
/// <param name="Updates">Updates since the start or the last rollback; at least 0.</param>
/// <param name="SinceKept">Updates since the candidate snapshot was taken; at least 0.</param>
/// <param name="SinceNearBest">Updates in a row with e well above best; at least 0.</param>
/// <param name="Rollbacks">Rollbacks and restarts so far; at least 0.</param>
/// <param name="Scale">The factor on every rate; above 0.</param>
/// <param name="Decision">What the last update's loss was answered with; <see cref="GuardDecision.Continue"/> before the first.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GuardState(
    double? StartLoss,
    double? Smoothed,
    double? Best,
    double? StartNorm,
    double? Norm,
    long Updates,
    long SinceKept,
    long SinceNearBest,
    int Rollbacks,
    double Scale,
    GuardDecision Decision) : ISavedValue
{
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
