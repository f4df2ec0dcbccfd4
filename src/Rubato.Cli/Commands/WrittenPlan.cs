using System.Collections.Immutable;
using Rubato.Rewrites;

namespace Rubato.Cli.Commands;

/// <summary>A plan with the name that a legend gives it.</summary>
/// <param name="Name">Its learning rate as text, or its file; with the rewrites behind it.</param>
/// <param name="Plan">The plan.</param>
/// <param name="IsOfShares">Whether its learning rates are shares of one that a rehearsal finds when training begins.</param>
/// <param name="IsOfRange">Whether they are shares of a maximum that a range test finds then.</param>
/// <param name="IsOfPolyak">Whether they are shares of Polyak's rate, which each update has anew.</param>
/// <remarks>Immutable. Two are equal only where they share their notes.</remarks>
internal sealed record WrittenPlan(string Name, TrainingPlan Plan, bool IsOfShares = false, bool IsOfRange = false, bool IsOfPolyak = false)
{
    /// <summary>What <c>--rewrite</c> makes of it; null where that is not given, or changes nothing.</summary>
    internal WrittenPlan? Rewritten { get; init; }

    /// <summary>In which form its weight decay is written as a growing rate; null where it is not.</summary>
    internal ExponentialRewrite? Exponential { get; init; }

    /// <summary>What else is to be said of it, a sentence each.</summary>
    internal ImmutableArray<string> Notes { get; init; } = [];
}
