using Rubato.Control;

namespace Rubato.Tests;

/// <summary>What a driver does with evaluations.</summary>
public sealed partial class DriverTests
{
    private static ReduceOnPlateau WatchingOf(Watched? watched) => new(Warming, new ReduceOnPlateauSettings
    {
        Watch = watched,
        Factor = 0.5,
        Patience = 0,
    });

    [Fact]
    public void ReportEvaluation_Watched_LowersTheRateAndGroupsFromTheNextUpdateOn()
    {
        var driver = new Driver(WatchingOf(Watched.ValidationAccuracy));
        Turns(driver, 12);
        driver.ReportEvaluation(new EvaluationMetrics { ValidationAccuracy = 0.5 });
        Assert.Equal((1, 0.25), (driver.Next.LearningRate, driver.NextOf("head").LearningRate));
        Turns(driver, 12);
        driver.ReportEvaluation(new EvaluationMetrics { ValidationAccuracy = 0.4 });

        Assert.Equal([new RateReduced(0.5, 0.4, 0.5) { Watch = Watched.ValidationAccuracy }], driver.Events.AsEnumerable());
        Assert.Equal((0.5, 0.125), (driver.Next.LearningRate, driver.NextOf("head").LearningRate));
        Assert.Equal(new Progress(24, 240), driver.Progress);
    }

    [Fact]
    public void ReportEvaluation_OfAPlanOrAController_ThatDoesNotWatch_ChangesNothing()
    {
        foreach (var driver in (Driver[])[new Driver(Warming), new Driver(WatchingOf(null)), new Driver(new AutoWarmup(Warming))])
        {
            Turns(driver, 3);
            var (state, next) = (driver.State, driver.Next);
            driver.ReportEvaluation(new EvaluationMetrics { TestLoss = 1 });
            Assert.Same(state, driver.State);
            Assert.Equal(next, driver.Next);
        }
    }

    [Fact]
    public void ReportEvaluation_WithinATurn_TheTurnBeginsAnew()
    {
        var driver = new Driver(Warming);
        Assert.True(driver.TryNext(out _));
        driver.ReportEvaluation(default);
        Assert.Throws<InvalidOperationException>(() => driver.Report(1));
        Turns(driver, 1);
        Assert.Equal(1, driver.Progress.Updates);
    }

    [Fact]
    public void Restore_AfterEvaluations_DecidesTheSame()
    {
        var (whole, broken) = (new Driver(WatchingOf(Watched.TestLoss)), new Driver(WatchingOf(Watched.TestLoss)));
        foreach (var loss in (double[])[3, 2, 4, double.NaN, 1, 5])
        {
            Turns(whole, 12);
            Turns(broken, 12);
            whole.ReportEvaluation(new EvaluationMetrics { TestLoss = loss });
            broken.ReportEvaluation(new EvaluationMetrics { TestLoss = loss });
            var saved = broken.Save();
            broken = new Driver(WatchingOf(Watched.TestLoss));
            broken.Restore(saved);
            Assert.Equal(whole.State, broken.State);
            Assert.Equal(whole.Next, broken.Next);
        }

        Assert.Contains("\"watch\":\"test-loss\"", whole.Save(), StringComparison.Ordinal);
        Assert.Equal(0.125, whole.Next.LearningRate);
    }

    [Theory]
    [InlineData(null, Watched.TestLoss, "ReduceOnPlateauState(EmptyState)", "ReduceOnPlateauState(EmptyState) of test-loss")]
    [InlineData(Watched.TestLoss, Watched.TestAccuracy, "ReduceOnPlateauState(EmptyState) of test-loss", "ReduceOnPlateauState(EmptyState) of test-accuracy")]
    public void Restore_WhatWatchedAnotherMeasure_OneSentence(Watched? saved, Watched? wanted, string found, string needed) => Assert.Equal(
        $"the saved run has the memory {found}, but this controller needs {needed}; restore it into a driver of the controller that it was saved from.",
        Assert.Throws<InvalidInputException>(() => new Driver(WatchingOf(wanted)).Restore(new Driver(WatchingOf(saved)).Save())).Message);

    [Fact]
    public void Save_WithoutAWatch_NothingOfIt() => Assert.DoesNotContain("watch", new Driver(WatchingOf(null)).Save(), StringComparison.Ordinal);

    private static void Turns(Driver driver, int count)
    {
        for (var turn = 0; turn < count; turn++)
        {
            Assert.True(driver.TryNext(out _));
            _ = driver.NextOf("head");
            driver.Report(1);
        }
    }
}
