using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;
using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    private const int Trees = 1000;

    [Fact]
    public void At_AskedInAnotherOrder_SameValues() =>
        CheckAll((schedule, positions) =>
        {
            var forward = positions.Select(schedule.At).ToArray();
            var backward = positions.Reverse().Select(schedule.At).Reverse();
            return forward.SequenceEqual(backward);
        });

    [Fact]
    public void At_BeyondTheEnd_LastValue() =>
        CheckAll((schedule, positions) =>
            double.IsPositiveInfinity(schedule.End) || positions.All(more => schedule.At(schedule.End + more).Equals(schedule.At(schedule.End))));

    [Fact]
    public void Fill_AnyTree_WhatAtReturnsToTheLastBit() =>
        CheckAll((schedule, positions) =>
        {
            var (first, stride) = (positions[1], positions[^1] / 300);
            var values = new double[600];
            schedule.Fill(first, stride, values);
            return values.Index().All(value => value.Item.Equals(schedule.At(first + (value.Index * stride))));
        });

    [Fact]
    public void Bounds_AnyTree_HoldEveryValue() =>
        CheckAll((schedule, positions) =>
        {
            var (min, max) = (schedule.Bounds.Min, schedule.Bounds.Max);
            var margin = 1e-12 * Math.Max(1, Math.Max(Finite(min), Finite(max)));
            return positions.All(position => schedule.At(position) >= min - margin && schedule.At(position) <= max + margin);

            static double Finite(double bound) => double.IsFinite(bound) ? Math.Abs(bound) : 0;
        });

    [Fact]
    public void HoldsUntil_AnyTree_NoOtherValueBefore() =>
        CheckAll((schedule, positions) => positions.All(position =>
        {
            // Rounding may move a boundary by some units in the last place.
            var until = Math.Min(schedule.HoldsUntil(position) * (1 - 1e-12), position + 1000);
            return until <= position
                || Enumerable.Range(0, 20).All(n => schedule.At(position + ((until - position) * n / 20)).Equals(schedule.At(position)));
        }));

    [Fact]
    public void Resolve_OnAnAxisOfItsUnit_SameValues() =>
        CheckAll((schedule, positions) =>
        {
            var unit = schedule.Unit ?? TimeUnit.Samples;
            var resolved = schedule.Resolve(new Place(new SingleUnitAxis(unit), 0, double.PositiveInfinity, Budget: 1));
            return positions.All(position => resolved.At(position).Equals(schedule.At(position)));
        });

    [Fact]
    public void Equals_SameSeed_EqualWithEqualHash() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Trees),
            Prop.ForAll<int>(seed =>
            {
                var (one, other) = (RandomSchedule.Any(seed, ScheduleGenerator.Depth), RandomSchedule.Any(seed, ScheduleGenerator.Depth));
                return one.Equals(other) && one.GetHashCode() == other.GetHashCode() && !one.Equals(RandomSchedule.Any(seed + 1L, ScheduleGenerator.Depth));
            }));

    [Fact]
    public void Then_EitherGrouping_EqualAndSameValues() => CheckGrouping((a, b) => a.Then(b));

    [Fact]
    public void Times_EitherGrouping_EqualAndSameValues() => CheckGrouping((a, b) => a.Times(b));

    [Fact]
    public void Plus_EitherGrouping_EqualAndSameValues() => CheckGrouping((a, b) => a.Plus(b));

    // Curves without jumps between curves without jumps: no value moves further than its steepest part allows.
    [Fact]
    public void At_CurvesWithoutJumps_NeverJump()
    {
        var (four, six) = (Duration.Samples(4), Duration.Samples(6));
        Schedule[] smooth =
        [
            new Linear(0, 1, four).Then(new Cosine(1, 0.25, six)).Then(new Linear(0.25, 0, four)),
            new Exponential(0.01, 1, four).Then(new Polynomial(1, 0, 2, six)),
            new Linear(0, 1, four).Then(new SquareRoot(1, 0, six)),
            new Cosine(0, 1, four).Then(new Exp(1, 0.5, four)),
            new Table([new TablePoint(four, 0.5), new TablePoint(six, 1)], Interpolation.Linear),
            new Triangular(0, 1, four, six),
            new Triangular2(0, 1, four),
            new ExpRange(0.1, 1, four, 0.9, Duration.Samples(1)),
            new ExpRange(0.1, 1, four, 0.9, Duration.Samples(1), Decaying.Amplitude, six, 3),
            new OneCycle(1, length: Duration.Samples(20)),
            new OneCycle(1, phases: 3, anneal: Anneal.Linear, length: Duration.Samples(20)),
            new OneCycleMomentum(phases: 3, length: Duration.Samples(20)),
            new WarmupStableDecay(1, four, six, stable: four),
            new FlatThenAnneal(1, 0, four, six),
            new Warmup(new Cosine(1, 0, six), four),
            new WarmRestarts(1, 0, four, cycles: 1),
        ];
        foreach (var schedule in smooth)
        {
            // The square root is the steepest: 1e-8 after its start it has moved by 4e-5.
            for (var boundary = 0; boundary <= 40; boundary++)
            {
                Assert.Equal(schedule.At(Math.Max(boundary - 1e-8, 0)), schedule.At(boundary), 1e-4);
                Assert.Equal(schedule.At(boundary), schedule.At(boundary + 1e-8), 1e-4);
            }

            for (var n = 0; n < 4000; n++)
            {
                Assert.Equal(schedule.At(n / 100.0), schedule.At((n + 1) / 100.0), 0.05);
            }
        }
    }

    [Fact]
    public void At_DeepTrees_AllocatesNothing()
    {
        var trees = DeepTrees();
        var sum = 0.0;
        AssertAllocatesNothing(n => sum += trees[n % trees.Length].At(n));
        Assert.False(double.IsNaN(sum));
    }

    [Fact]
    public void Fill_DeepTrees_AllocatesNothing()
    {
        var trees = DeepTrees();
        var values = new double[100];
        AssertAllocatesNothing(n => trees[n % trees.Length].Fill(n, 0.5, values));
    }

    // What runs for the first time allocates the statics of its types; which branches a tree takes depends on the position.
    private static void AssertAllocatesNothing(Action<int> call)
    {
        var before = 0L;
        for (var pass = 0; pass < 2; pass++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (var n = 0; n < 10_000; n++)
            {
                call(n);
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static Schedule[] DeepTrees()
    {
        Schedule[] trees = [.. Enumerable.Range(0, 2000).Select(seed => RandomSchedule.Resolved(seed, ScheduleGenerator.Depth)).Where(tree => DepthOf(tree) > 5).Take(50)];
        Assert.Equal(50, trees.Length);
        return trees;

        static int DepthOf(Schedule schedule) => 1 + ScheduleGenerator.Parts(schedule).Select(DepthOf).DefaultIfEmpty(0).Max();
    }

    private static void CheckAll(Func<Schedule, double[], bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Trees), Prop.ForAll(ScheduleGenerator.Resolved, Positions, property));

    // Each part lasts 7, so that any may come first.
    private static void CheckGrouping(Func<Schedule, Schedule, Schedule> join) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Trees),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Positions, (seed, positions) =>
            {
                var unit = (TimeUnit)(1 + (seed % 4));
                var parts = Enumerable.Range(0, 3).Select(n => RandomSchedule.Resolved(seed + (long)n, 3, unit).Over(Duration.Of(7, unit))).ToArray();
                var (a, b, c) = (parts[0], parts[1], parts[2]);
                var (left, right) = (join(join(a, b), c), join(a, join(b, c)));
                return left.Equals(right) && left.GetHashCode() == right.GetHashCode() && positions.All(position => left.At(position).Equals(right.At(position)));
            }));

    // On a grid of eighths, where boundaries are met, and anywhere.
    private static Arbitrary<double[]> Positions { get; } = Arb.From(
        Gen.Choose(0, int.MaxValue).Select(seed =>
        {
            var random = new CounterRandom(seed, 2, 0);
            double[] positions =
                [0, random.NextInt(800) / 8.0, random.NextInt(80) / 8.0, random.NextDouble(0, 5), random.NextDouble(0, 50), random.NextDouble(0, 400)];
            Array.Sort(positions);
            return positions;
        }));
}
