using Rubato;

namespace Samples.OwnLoop;

/// <summary>Saving and resuming of docs/own-loop.md; the same for a plan and for any other controller.</summary>
public static class Resuming
{
    public static void Save(Driver driver, string path)
    {
        // <snippet save-to-file>
        File.WriteAllText(path, driver.Save());
        // </snippet>
    }

    public static Driver Restore(TrainingPlan plan, string path)
    {
        // <snippet restore-strict>
        var driver = new Driver(plan);
        driver.Restore(File.ReadAllText(path));
        // </snippet>
        return driver;
    }

    public static Driver Prolong(TrainingPlan plan, string path)
    {
        // <snippet restore-new>
        var longer = new TrainingPlan(plan.Settings with { Length = Duration.Epochs(20) });
        var driver = new Driver(longer);
        driver.Restore(File.ReadAllText(path), ResumePolicy.UseNew);
        // </snippet>
        return driver;
    }
}
