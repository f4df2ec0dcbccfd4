using Rubato.RangeTests;
using Rubato.Schedules;

namespace Rubato.Samples.OwnLoop;

/// <summary>A range test and the run after it, of docs/own-loop.md.</summary>
public static class RangeTesting
{
    public static RangeCurve Sweep(Model model, RangeTest test, long batchSize)
    {
        // <snippet range-test>
        var recorder = test.Record();
        var before = (model.Weight, model.Velocity);
        try
        {
            model.Momentum = 0.9;
            while (!recorder.IsOver)
            {
                var first = recorder.Iterations * batchSize;
                var loss = model.Loss(first, batchSize);
                model.LearningRate = recorder.LearningRate;
                model.ClearGradient();
                model.AddGradient(first, batchSize, share: 1);
                model.Update();
                recorder.Add(loss);
            }
        }
        finally
        {
            (model.Weight, model.Velocity) = before;
        }

        var curve = recorder.ToCurve();
        // </snippet>
        return curve;
    }

    public static void Train(Model model, TextWriter output)
    {
        // <snippet range-test-use>
        const long BatchSize = 32;
        var curve = Sweep(model, new RangeTest(startLr: 1e-4, endLr: 100, iterations: 300), BatchSize);
        var answer = RangeSuggestion.Of([curve], new RangeSuggestionSettings { BatchSize = BatchSize });
        if (answer.Range is not { } range)
        {
            output.WriteLine($"no clear answer: {answer.Reason}");
            return;
        }

        output.WriteLine($"{range.BaseLr:G3} to {range.MaxLr:G3} by the rule '{answer.Rule}', confidence {answer.Confidence:F2}, batch {answer.BatchSize}");
        var driver = new PlanDriver(new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(2_000),
            LearningRate = new OneCycle(range.MaxLr),
            Momentum = new OneCycleMomentum(0.85, 0.95),
            BatchSize = BatchSize,
        }));
        driver.Attach(values => (model.LearningRate, model.Momentum) = (values.LearningRate, values.Momentum));
        // </snippet>
        Loops.Plain(driver, model);
    }
}
