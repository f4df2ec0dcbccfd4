using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>Finding a rate, of docs/own-loop.md.</summary>
public static class Rehearsing
{
    public static TrainingPlan PlanFor(Model model)
    {
        // <snippet rehearse>
        const long Updates = 2_000, BatchSize = 32;
        var found = Rehearsal.Find(new RehearsedModel(model), new RehearsalSettings(), Updates, BatchSize);
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Samples((Updates * BatchSize) - found.Samples),
            LearningRate = Schedule.Cosine(found.PeakRate, 0).WarmUp(Duration.Share(0.1)),
            BatchSize = BatchSize,
        });
        // </snippet>
        return plan;
    }

    // <snippet subject>
    /// <summary>A model that can be tried out.</summary>
    public sealed class RehearsedModel(Model model) : IRehearsalSubject
    {
        private readonly Dictionary<RehearsalSlot, (double Weight, double Velocity)> _states = [];

        public double Step(double rate, RehearsalBatch batch)
        {
            var loss = Loss(batch);
            model.LearningRate = rate;
            model.ClearGradient();
            model.AddGradient(FirstSample(batch), batch.Size, share: 1);
            model.Update();
            return loss;
        }

        public double Loss(RehearsalBatch batch) => model.Loss(FirstSample(batch), batch.Size);

        public void Save(RehearsalSlot slot) => _states[slot] = (model.Weight, model.Velocity);

        public void Restore(RehearsalSlot slot) => (model.Weight, model.Velocity) = _states[slot];

        public void TakeWeights(RehearsalSlot slot) => model.Weight = _states[slot].Weight;

        // Equal batches must be the same samples; any numbering will do.
        private static long FirstSample(RehearsalBatch batch) => ((batch.Draw * 1_000L) + batch.Index + 1) * batch.Size;
    }

    // </snippet>
}
