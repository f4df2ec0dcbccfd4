using System.Collections.Immutable;
using Rubato.Rewrites;

namespace Rubato.Cli.Commands;

/// <summary>What <c>rubato plan</c> is asked for.</summary>
/// <param name="Plans">The plans, in the order in which they stand on the command line.</param>
/// <param name="Noise">In which form the noise scale is shown; null for not at all.</param>
/// <param name="Notes">What else is to be said, a sentence each.</param>
/// <remarks>Immutable. Two are equal only where they share their plans.</remarks>
internal sealed record PlanRequest(ImmutableArray<WrittenPlan> Plans, NoiseForm? Noise, ImmutableArray<string> Notes)
{
    /// <summary>All plans that are drawn: each followed by what <c>--rewrite</c> makes of it.</summary>
    internal ImmutableArray<WrittenPlan> Drawn =>
        [.. Plans.SelectMany(plan => plan.Rewritten is { } rewritten ? [plan, rewritten] : (WrittenPlan[])[plan])];

    /// <summary>The one plan of tables and plan files: the rewritten one where there is one.</summary>
    internal WrittenPlan Kept => Plans[0].Rewritten ?? Plans[0];
}
