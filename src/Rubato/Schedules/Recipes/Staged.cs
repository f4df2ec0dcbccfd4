using System.Collections.Immutable;

namespace Rubato.Schedules;

/// <summary>
/// Caffe's staged runs: a policy for a length, then the next from its own beginning. Text:
/// <c>staged(8000ba: triangular2(0.001..0.005, step 2000ba), 6000ba: triangular2(1e-4..5e-4, step 1000ba))</c>.
/// </summary>
/// <remarks>
/// Each stage restarts its policy at iteration 0, as Caffe's solver files do when a run goes on from a snapshot; Smith 2015,
/// arXiv 1506.01186, Table 2, is such a run. A shorthand for <c>over(a, 8000ba) then over(b, 6000ba)</c>.
/// </remarks>
public sealed record Staged : Recipe
{
    /// <summary>Policies one after another.</summary>
    /// <param name="stages">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or several take the rest of the budget.</exception>
    public Staged(ImmutableArray<Stage> stages)
        : base(Expand(stages)) => Stages = stages;

    /// <summary>The stages in their order.</summary>
    public ImmutableArray<Stage> Stages { get; }

    /// <inheritdoc/>
    public bool Equals(Staged? other) => other is not null && Stages.SequenceEqual(other.Stages);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(Staged), Stages.Length, Stages[0]);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        Room.Require(place, needsSome: false, [.. Stages.Select(stage => new NamedPart("its stage", stage.Length))]);
        return base.Resolve(place);
    }

    private static Schedule Expand(ImmutableArray<Stage> stages) => stages switch
    {
        { IsDefaultOrEmpty: true } => throw new ArgumentException("stages must hold at least one stage.", nameof(stages)),
        [var only] => Bounded(only),
        _ => new Sequence([.. stages.Select(Bounded)]),
    };

    private static Schedule Bounded(Stage stage) => new Over(stage.Policy, stage.Length);
}

/// <summary>A stage of a <see cref="Staged"/> run.</summary>
/// <param name="Length">How long; the rest of the budget in at most one stage.</param>
/// <param name="Policy">The schedule, from its own position 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record Stage(Duration Length, Schedule Policy);
