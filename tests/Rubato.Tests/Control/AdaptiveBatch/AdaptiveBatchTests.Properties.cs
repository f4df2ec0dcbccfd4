using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AdaptiveBatchTests
{
    [Fact]
    public void Decide_AnyMeasurements_BatchesOfTheSlowTwin() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var twin = new SlowBatch(test.Settings, test.First, test.Controller().MaxBatch);
            var isSame = true;
            Follow(test, step =>
            {
                isSame &= step.Observation.Applied.BatchSize == twin.Batch();
                twin.See(step.Observation.Noise);
            });
            return isSame;
        }));

    [Fact]
    public void Decide_AnyMeasurements_NeverShrinksAndStaysInItsBounds() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (controller, last, holds) = (test.Controller(), test.First, true);
            Follow(test, step =>
            {
                var batch = step.Observation.Applied.BatchSize;
                holds &= batch >= last && batch <= controller.MaxBatch && (batch == test.First || batch % test.Multiple == 0);
                holds &= batch <= Math.Max(test.Settings.Ratio * last, last + test.Multiple);
                last = batch;
            });
            return holds;
        }));

    [Fact]
    public void Observe_AnyMeasurements_GrowsOnlyWhereTheTargetIsAtTheRatio() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var holds = true;
            Follow(test, step =>
            {
                var (before, after) = (step.Before.Growth, step.After.Growth);
                holds &= after.Batch == before.Batch
                    || (IsAtTheRatio(after.LastNoiseScale, before.Noise.Add(step.Observation.Noise!.Value, test.Settings.Decay))
                        && before.Noise.Count + 1 >= test.Settings.Measurements
                        && after.Noise == default
                        && after.Changes == before.Changes + 1);

                bool IsAtTheRatio(double? scale, NoiseAverage noise) => scale is { } found
                    ? found * test.Settings.Share >= (1 - 1e-12) * test.Settings.Ratio * before.Batch
                    : noise.SquaredNorm <= 0 && noise.Trace > 0;
            });
            return holds;
        }));

    [Fact]
    public void Decide_Repeated_TheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var (controller, isSame) = (test.Controller(), true);
            Follow(test, step => isSame &= controller.Decide(step.Start, step.Before) == step.Observation.Applied
                && test.Controller().Decide(step.Start, step.Before) == step.Observation.Applied);
            return isSame;
        }));

    [Fact]
    public void Observe_SavedAndRestoredAtEveryUpdate_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        test =>
        {
            var other = test.Controller();
            var (saved, isSame) = ((AdaptiveBatchState)other.InitialState, true);
            Follow(test, step =>
            {
                saved = SavedState.Restored(saved);
                isSame &= other.Decide(step.Start, saved) == step.Observation.Applied;
                saved = (AdaptiveBatchState)other.Observe(step.Observation, saved);
                isSame &= saved == step.After;
            });
            return isSame;
        }));

    private static void Follow(BatchCase test, Action<BatchStep> see)
    {
        var controller = test.Controller();
        var (progress, state) = (default(Progress), (AdaptiveBatchState)controller.InitialState);
        foreach (var noise in test.Noise())
        {
            var (start, before, values) = (progress, state, controller.Decide(progress, state));
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            var observation = new Observation(progress, values, 1) { Noise = noise };
            state = (AdaptiveBatchState)controller.Observe(observation, state);
            see(new BatchStep(start, before, observation, state));
        }
    }

    private static Gen<BatchCase> Cases() =>
        from updates in Gen.Choose(0, 150)
        from seed in Gen.Choose(0, int.MaxValue)
        from first in Gen.Choose(1, 40)
        from ratio in Gen.Elements(1.01, 1.5, 2, 5)
        from share in Gen.Elements(0.3, 1, 4)
        from multiple in Gen.Elements<long?>(null, 3, 8, 32)
        from max in Gen.Choose(72, 500)
        from measurements in Gen.Choose(NoiseAverage.Fewest, 12)
        from decay in Gen.Elements(0, 0.5, 0.99)
        select new BatchCase(
            updates,
            seed,
            first,
            new AdaptiveBatchSettings { Ratio = ratio, Share = share, Multiple = multiple, MaxBatch = max, Measurements = measurements, Decay = decay });

    private sealed record BatchStep(Progress Start, AdaptiveBatchState Before, Observation Observation, AdaptiveBatchState After);

    private sealed record BatchCase(int Updates, long Seed, long First, AdaptiveBatchSettings Settings)
    {
        internal long Multiple => Settings.Multiple ?? 1;

        internal AdaptiveBatch Controller() => new(new TrainingPlan(BatchRun.Plan with { BatchSize = First }), Settings);

        // The critical batch grows, is noisy, and at times there is no measurement or none that is a number.
        internal IEnumerable<GradientNoise?> Noise()
        {
            for (var update = 0; update < Updates; update++)
            {
                var random = new CounterRandom(Seed, 13, update);
                var noise = new GradientNoise(1 + random.NextNormal(), (First + (5 * update)) * (1 + (0.3 * random.NextNormal())));
                yield return random.NextInt(8) switch { 0 => null, 1 => noise with { Trace = double.NaN }, _ => noise };
            }
        }
    }
}
