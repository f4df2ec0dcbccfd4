using Rubato;
using Rubato.RangeTests;

namespace Samples.OwnLoop;

/// <summary>A range test and the run after it, of docs/own-loop.md.</summary>
public static class RangeTesting
{
    public static RangeSuggestion Find(Model model, RangeTest test, long batchSize)
    {
        // <snippet range-test>
        var sweep = test.Start();
        var before = (model.Weight, model.Velocity);
        try
        {
            model.Momentum = 0.9;
            while (sweep.TryNext(out var rate))
            {
                model.LearningRate = rate;
                sweep.Report(model.Train(sweep.Updates * batchSize, batchSize));
            }
        }
        finally
        {
            (model.Weight, model.Velocity) = before;
        }

        var found = sweep.Suggest(new RangeSuggestionSettings { BatchSize = batchSize });
        // </snippet>
        return found;
    }

    public static void Train(Model model, TextWriter output)
    {
        // <snippet range-test-use>
        const long BatchSize = 32;
        var found = Find(model, new RangeTest(startLr: 1e-4, endLr: 100, updates: 300), BatchSize);
        if (found.Range is not { } range)
        {
            output.WriteLine($"no clear answer: {found.Reason}");
            return;
        }

        output.WriteLine(
            $"{range.BaseLr:G3} to {range.MaxLr:G3} by the rule '{found.Rule}', "
            + $"confidence {found.Confidence:F2}, batch {found.BatchSize}");
        var driver = new Driver(new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(2_000),
            LearningRate = Schedule.OneCycle(range.MaxLr),
            Momentum = Schedule.OneCycleMomentum(0.85, 0.95),
            BatchSize = BatchSize,
        }));
        while (driver.TryNext(out var values))
        {
            (model.LearningRate, model.Momentum) = (values.LearningRate, values.Momentum);
            driver.Report(model.Train(driver.Progress.Samples, values.BatchSize));
        }
        // </snippet>
    }
}
