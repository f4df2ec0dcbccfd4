namespace Rubato.Samples.OwnLoop;

/// <summary>Saving and resuming of docs/own-loop.md.</summary>
public static class Resuming
{
    public static void Save(PlanDriver driver, string path)
    {
        // <snippet save-to-file>
        File.WriteAllText(path, driver.State.ToJson());
        // </snippet>
    }

    public static PlanDriver Restore(TrainingPlan plan, string path)
    {
        // <snippet restore-strict>
        var driver = new PlanDriver(plan);
        driver.Restore(DriverState.Parse(File.ReadAllText(path)));
        // </snippet>
        return driver;
    }

    public static PlanDriver Prolong(TrainingPlan plan, string path)
    {
        // <snippet restore-new>
        var longer = new TrainingPlan(plan.Settings with { Length = Duration.Epochs(20) });
        var driver = new PlanDriver(longer);
        driver.Restore(DriverState.Parse(File.ReadAllText(path)), ResumePolicy.UseNew);
        // </snippet>
        return driver;
    }
}
