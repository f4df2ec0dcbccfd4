using Rubato;

namespace Samples.OwnLoop;

/// <summary>Loops of docs/own-loop.md.</summary>
public static class Loops
{
    public static void Plain(Driver driver, Model model)
    {
        // <snippet plain>
        while (driver.TryNext(out var values))
        {
            model.LearningRate = values.LearningRate;
            model.WeightDecay = values.WeightDecay;
            driver.Report(model.Train(driver.Progress.Samples, values.BatchSize));
        }
        // </snippet>
    }

    public static void Grouped(Driver driver, Model body, Model bias)
    {
        // <snippet groups>
        while (driver.TryNext(out var values))
        {
            var own = driver.NextOf("bias");
            (body.LearningRate, body.WeightDecay) = (values.LearningRate, values.WeightDecay);
            (bias.LearningRate, bias.WeightDecay) = (own.LearningRate, own.WeightDecay);
            var loss = body.Train(driver.Progress.Samples, values.BatchSize);
            bias.Train(driver.Progress.Samples, values.BatchSize);
            driver.Report(loss);
        }
        // </snippet>
    }

    public static void Skipping(Driver driver, Model model, Func<long, bool> isPoisoned)
    {
        var drawn = 0L;
        // <snippet skipping>
        while (driver.TryNext(out var values))
        {
            model.ClearGradient();
            var loss = model.Loss(drawn, values.BatchSize);
            model.AddGradient(drawn, values.BatchSize, share: isPoisoned(drawn) ? double.NaN : 1);
            drawn += values.BatchSize;
            if (!double.IsFinite(model.Gradient))
            {
                driver.Skip();
                continue;
            }

            model.Update(values);
            driver.Report(loss);
        }
        // </snippet>
    }

    public static void Accumulating(Driver driver, Model model, long microBatch)
    {
        // <snippet accumulating>
        while (driver.TryNext(out var values))
        {
            var loss = 0.0;
            model.ClearGradient();
            for (var done = 0L; done < values.BatchSize; done += microBatch)
            {
                var first = driver.Progress.Samples + done;
                var count = Math.Min(microBatch, values.BatchSize - done);
                var share = (double)count / values.BatchSize;
                loss += share * model.Loss(first, count);
                model.AddGradient(first, count, share);
            }

            model.Update(values);
            driver.Report(loss);
        }
        // </snippet>
    }

    // `rank` is this process's number; `sumOverProcesses` adds a number up over all of them.
    public static void Sharing(Driver driver, Model model, int rank, int processes, Func<double, double> sumOverProcesses)
    {
        // <snippet sharing>
        while (driver.TryNext(out var values))
        {
            var begin = values.BatchSize * rank / processes;
            var count = (values.BatchSize * (rank + 1) / processes) - begin;
            var first = driver.Progress.Samples + begin;
            var share = (double)count / values.BatchSize;
            var loss = sumOverProcesses(count > 0 ? share * model.Loss(first, count) : 0);
            model.ClearGradient();
            model.AddGradient(first, count, share);
            model.SetGradient(sumOverProcesses(model.Gradient));
            model.Update(values);
            driver.Report(loss, values.BatchSize);
        }
        // </snippet>
    }
}
