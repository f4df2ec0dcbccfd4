namespace Rubato.Samples.OwnLoop;

/// <summary>Loops of docs/own-loop.md.</summary>
public static class Loops
{
    public static void Plain(PlanDriver driver, Model model)
    {
        // <snippet plain>
        while (!driver.IsOver)
        {
            var values = driver.Prepare();
            model.ClearGradient();
            model.AddGradient(driver.Progress.Samples, values.BatchSize, share: 1);
            model.Update();
            driver.Applied();
        }

        // </snippet>
    }

    public static void Skipping(PlanDriver driver, Model model, Func<long, bool> isPoisoned)
    {
        var drawn = 0L;
        // <snippet skipping>
        while (!driver.IsOver)
        {
            var values = driver.Prepare();
            model.ClearGradient();
            model.AddGradient(drawn, values.BatchSize, share: isPoisoned(drawn) ? double.NaN : 1);
            drawn += values.BatchSize;
            if (!double.IsFinite(model.Gradient))
            {
                continue;
            }

            model.Update();
            driver.Applied();
        }

        // </snippet>
    }

    public static void Accumulating(PlanDriver driver, Model model, long microBatch)
    {
        // <snippet accumulating>
        while (!driver.IsOver)
        {
            var values = driver.Prepare();
            model.ClearGradient();
            for (var done = 0L; done < values.BatchSize; done += microBatch)
            {
                var count = Math.Min(microBatch, values.BatchSize - done);
                model.AddGradient(driver.Progress.Samples + done, count, share: (double)count / values.BatchSize);
            }

            model.Update();
            driver.Applied();
        }

        // </snippet>
    }

    // `rank` is this process's number; `sumOverProcesses` adds a number up over all of them.
    public static void Sharing(PlanDriver driver, Model model, int rank, int processes, Func<double, double> sumOverProcesses)
    {
        // <snippet sharing>
        while (!driver.IsOver)
        {
            var values = driver.Prepare();
            var begin = values.BatchSize * rank / processes;
            var count = (values.BatchSize * (rank + 1) / processes) - begin;
            model.ClearGradient();
            model.AddGradient(driver.Progress.Samples + begin, count, share: (double)count / values.BatchSize);
            model.SetGradient(sumOverProcesses(model.Gradient));
            model.Update();
            driver.Applied(values.BatchSize);
        }

        // </snippet>
    }
}
