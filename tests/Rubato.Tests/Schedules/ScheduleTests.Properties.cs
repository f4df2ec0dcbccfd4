using FsCheck;
using FsCheck.Fluent;
using Rubato.Numerics;
using Rubato.Schedules;
using Rubato.Schedules.Resolution;
using Rubato.Time;

namespace Rubato.Tests.Schedules;

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
