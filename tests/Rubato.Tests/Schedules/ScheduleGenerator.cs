using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

/// <summary>Random schedule trees to depth 6, for properties. A failing tree shrinks to one of its parts, or loses some.</summary>
internal static class ScheduleGenerator
{
    internal const int Depth = 6;

    /// <summary>The functions that the trees name.</summary>
    internal static ScheduleFunctions Functions { get; } = ScheduleFunctions.None
        .With("parabola", Shape("parabola"))
        .With("wave-2", Shape("wave-2"));

    /// <summary>Trees in one unit that can be evaluated at any position; inside <see cref="Over"/> there are shares and rests too.</summary>
    internal static Arbitrary<Schedule> Resolved { get; } =
        Arb.From(Seeds.Select(seed => RandomSchedule.Resolved(seed, Depth)), schedule => Smaller(schedule).Where(smaller => smaller.IsResolved));

    /// <summary>Trees that the constructors accept: of several units, with shares and rests.</summary>
    internal static Arbitrary<Schedule> Any { get; } = Arb.From(Seeds.Select(seed => RandomSchedule.Any(seed, Depth)), Smaller);

    private static Gen<int> Seeds => Gen.Choose(0, int.MaxValue);

    internal static Func<double, double> Shape(string name) => name switch
    {
        "parabola" => share => 1 - (share * share),
        "wave-2" => share => 1.5 + Math.Sin(7 * share),
        _ => throw new ArgumentException($"There is no function '{name}'.", nameof(name)),
    };

    /// <summary>The parts of a node; none for a leaf and for a recipe of numbers only.</summary>
    internal static IReadOnlyList<Schedule> Parts(Schedule schedule) => schedule switch
    {
        Sequence sequence => sequence.Parts,
        Product product => product.Factors,
        Sum sum => sum.Terms,
        Clamp clamp => [clamp.Inner],
        Repeat repeat => [repeat.Body],
        Stretch stretch => [stretch.Inner],
        Delay delay => [delay.Inner],
        Skip skip => [skip.Inner],
        Over over => [over.Inner],
        Warmup warmup => [warmup.Inner],
        Staged staged => [.. staged.Stages.Select(stage => stage.Policy)],
        _ => [],
    };

    private static IEnumerable<Schedule> Smaller(Schedule schedule)
    {
        var parts = Parts(schedule);
        foreach (var part in parts)
        {
            yield return part;
        }

        foreach (var replaced in Enumerable.Range(0, parts.Count))
        {
            foreach (var other in Smaller(parts[replaced]))
            {
                if (RandomSchedule.Valid(() => With(schedule, [.. parts.Select((part, i) => i == replaced ? other : part)])) is { } changed)
                {
                    yield return changed;
                }
            }
        }

        if (schedule is Recipe recipe)
        {
            yield return recipe.Expansion;
        }
    }

    /// <summary>The same node with other parts.</summary>
    internal static Schedule With(Schedule schedule, Schedule[] parts) => schedule switch
    {
        Sequence => new Sequence([.. parts]),
        Product => new Product([.. parts]),
        Sum => new Sum([.. parts]),
        Clamp clamp => new Clamp(parts[0], clamp.Minimum, clamp.Maximum),
        Repeat repeat => new Repeat(parts[0], repeat.Count, repeat.Lengthen, repeat.Amplify),
        Stretch stretch => new Stretch(parts[0], stretch.Factor),
        Delay delay => new Delay(parts[0], delay.By),
        Skip skip => new Skip(parts[0], skip.By),
        Over over => new Over(parts[0], over.Length),
        Warmup warmup => new Warmup(parts[0], warmup.Length, warmup.From),
        Staged staged => new Staged([.. staged.Stages.Select((stage, i) => stage with { Policy = parts[i] })]),
        _ => throw new ArgumentException($"A {schedule.GetType().Name} has no parts.", nameof(schedule)),
    };
}
