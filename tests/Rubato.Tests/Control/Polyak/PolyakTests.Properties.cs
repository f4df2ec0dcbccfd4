using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class PolyakTests
{
    [Fact]
    public void Decide_AnyLosses_RatesOfTheSlowTwin() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (controller, twin) = (test.Controller(), new SlowPolyak(test.Settings));
            var isSame = true;
            Follow(controller, test, (observation, before, _) =>
            {
                // Equal where the twin is; a power and a running product differ in their last bits.
                isSame &= IsNear(observation.Applied.LearningRate, controller.Plan.At(before.Samples).LearningRate * test.Settings.Multiple * twin.Base);
                twin.See(observation.Loss, observation.Descent);
                if (double.IsNaN(observation.Loss))
                {
                    twin.Forget();
                }
            });
            return isSame;
        }));

    [Fact]
    public void Observe_AnyLosses_TheBaseIsARateThatRisesByNoMoreThanTheFactor() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (last, holds) = (test.Settings.FirstRate, true);
            Follow(test.Controller(), test, (_, _, state) =>
            {
                holds &= state.Base > 0 && state.Base <= test.Settings.MostRise * last;
                last = state.Base;
            });
            return holds;
        }));

    // Of SGD a loss times a has descents times a^2, and of a direction that has no scale, such as Adam's, times a.
    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Observe_LossesTimesAPowerOfTwo_RatesTakeTheirScale(int power) => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        Gen.Choose(-20, 20).Select(exponent => Math.ScaleB(1, exponent)).ToArbitrary(),
        (test, factor) =>
        {
            var (descents, rates) = (Math.Pow(factor, power), Math.Pow(factor, 1 - power));
            var scaled = test with
            {
                Seen = [.. test.Seen.Select(one => (one.Loss * factor, one.Descent * descents))],
                Settings = test.Settings with { FirstRate = test.Settings.FirstRate * rates },
            };
            var (plain, other) = (new List<double>(), new List<double>());
            Follow(test.Controller(), test, (_, _, state) => plain.Add(state.Base * rates));
            Follow(scaled.Controller(), scaled, (_, _, state) => other.Add(state.Base));
            return plain.SequenceEqual(other);
        }));

    [Fact]
    public void Observe_SavedAndRestoredAtEveryUpdate_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (controller, other) = (test.Controller(), test.Controller());
            var saved = (PolyakState)other.InitialState;
            var isSame = true;
            Follow(controller, test, (observation, before, state) =>
            {
                saved = SavedState.Restored(saved);
                isSame &= other.Decide(before, saved) == observation.Applied;
                saved = After(other, observation, saved);
                isSame &= saved == state;
            });
            return isSame;
        }));

    private static void Follow(Polyak controller, PolyakCase test, Action<Observation, Progress, PolyakState> see)
    {
        var (progress, state) = (default(Progress), (PolyakState)controller.InitialState);
        foreach (var (loss, descent) in test.Seen)
        {
            var (before, values) = (progress, controller.Decide(progress, state));
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            var observation = new Observation(progress, values, loss) { Descent = descent };
            state = After(controller, observation, state);
            see(observation, before, state);
        }
    }

    // A loss that is not a number stands for a rollback, too.
    private static PolyakState After(Polyak controller, in Observation observation, PolyakState state)
    {
        var after = controller.Observe(observation, state);
        return (PolyakState)(double.IsNaN(observation.Loss) ? controller.RolledBack(observation, after) : after);
    }

    private static bool IsNear(double value, double expected) => Math.Abs(value - expected) <= 1e-9 * expected;

    // No sum of weighted descents is 0 but for rounding, which would decide by chance whether it is above 0.
    private static Gen<PolyakCase> Cases() =>
        from seen in (
            from loss in Gen.Frequency(
                (30, Gen.Choose(0, 60).Select(tenths => tenths / 10.0)),
                (2, Gen.Elements(double.NaN, double.PositiveInfinity, -1)))
            from descent in Gen.Frequency(
                (30, Gen.Choose(1, 5000).Select(hundredths => hundredths / 100.0)),
                (3, Gen.Choose(1, 300).Select(hundredths => -(hundredths / 100.0) - (Math.PI / 1000))),
                (2, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity)))
            select (loss, descent)).ArrayOf()
        from first in Gen.Elements(1e-5, 0.1, 1, 100)
        from multiple in Gen.Elements(0.5, 1, 3)
        from averaging in Gen.Elements(0, 0.5, 0.9)
        from rise in Gen.Elements(1.25, 2, 100)
        select new PolyakCase(seen, new PolyakSettings { FirstRate = first, Multiple = multiple, Averaging = averaging, MostRise = rise });

    private sealed record PolyakCase((double Loss, double Descent)[] Seen, PolyakSettings Settings)
    {
        internal Polyak Controller() => new(PlateauRun.Plan(Schedule.Parse("linear(0.1 -> 1, 10ba) then 1")), Settings);
    }
}
