using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class OwnControllerTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings { Length = Duration.Batches(6), LearningRate = 0.8, BatchSize = 1 });

    // 9 is above twice 4, and then 20 above twice 9.
    [Fact]
    public void Decide_LossesThatPassTwiceTheLowest_HalfTheRateEachTime()
    {
        double[] losses = [5, 4, 8, 9, 20, 6];
        var rates = new List<double>();
        var driver = new Driver(new Halving(new Control.PlanController(Plan)));

        while (driver.TryNext(out var values))
        {
            rates.Add(values.LearningRate);
            driver.Report(losses[rates.Count - 1]);
        }

        Assert.Equal([0.8, 0.8, 0.8, 0.8, 0.4, 0.2], rates);
    }

    [Fact]
    public void Restore_SavedAfterEachUpdate_TheSameRates()
    {
        double[] losses = [5, 4, 8, 9, 20, 6];
        for (var at = 0; at <= losses.Length; at++)
        {
            var driver = new Driver(new Halving(new Control.PlanController(Plan)));
            for (var i = 0; i < at; i++)
            {
                Assert.True(driver.TryNext(out _));
                driver.Report(losses[i]);
            }

            var other = new Driver(new Halving(new Control.PlanController(Plan)));
            other.Restore(driver.Save());

            Assert.Equal(driver.State, other.State);
            Assert.Equal(driver.Next, other.Next);
        }
    }
}
