using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class ResumingTests : IDisposable
{
    private readonly string _path = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
    private readonly TrainingPlan _plan = Planning.WarmupThenCosine();

    public ResumingTests()
    {
        var driver = new Driver(_plan);
        for (var update = 0; update < 2; update++)
        {
            driver.TryNext(out _);
            driver.Report(1);
        }

        Resuming.Save(driver, _path);
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Restore_SamePlan_StandsWhereItWasSaved() => Assert.Equal(new Progress(2, 200), Resuming.Restore(_plan, _path).Progress);

    [Fact]
    public void Restore_AnotherPlan_IsRefused()
    {
        var other = new TrainingPlan(_plan.Settings with { Length = Duration.Epochs(9) });

        Assert.Throws<InvalidInputException>(() => Resuming.Restore(other, _path));
    }

    [Fact]
    public void Prolong_SavedPosition_GoesOnUnderTheLongerPlan()
    {
        var driver = Resuming.Prolong(_plan, _path);

        Assert.Equal((new Progress(2, 200), 120_000), (driver.Progress, driver.Plan.Samples));
    }
}
