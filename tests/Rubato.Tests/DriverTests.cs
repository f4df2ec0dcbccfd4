using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;
using Rubato.Schedules;
using Rubato.Tests.Plans;
using Rubato.Tests.Rewrites;

namespace Rubato.Tests;

public sealed partial class DriverTests
{
    private static readonly TrainingPlan Plan = new(Examples.Small);

    private static readonly TrainingPlan Grouped = new(Examples.Small with { Groups = [new GroupSettings("bias", WeightDecay: 0), new GroupSettings("norm", Momentum: 0.5)] });

    [Fact]
    public void TryNext_WholePlan_EveryPlannedUpdate()
    {
        var driver = new Driver(Plan);
        var asked = new List<HyperParameters>();
        while (driver.TryNext(out var values))
        {
            asked.Add(values);
            Assert.Equal(GuardDecision.Continue, driver.Report(1));
        }

        Assert.Equal(Plan.EnumerateUpdates().Select(update => update.HyperParameters), asked);
        Assert.Equal(new Progress(100, 1000), driver.Progress);
        Assert.True(driver.IsOver);
    }

    [Fact]
    public void TryNext_AnyPlan_WhatThePlanEnumerates() => Prop.ForAll(RewriteExamples.Plans, plan =>
    {
        var driver = new Driver(plan);
        foreach (var update in plan.EnumerateUpdates().Take(2000))
        {
            if (!driver.TryNext(out var values) || values != update.HyperParameters || driver.Progress != new Progress(update.Step - 1, update.Start))
            {
                return false;
            }

            driver.Report(0.5);
        }

        return driver.Progress.Updates == 2000 || !driver.TryNext(out _);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_UpdateThatWasNotApplied_TheSameAgain()
    {
        var driver = new Driver(Plan);
        _ = driver.Next;
        driver.Report(1);
        Assert.Equal(Plan.At(10), driver.Next);
        driver.Skip();
        Assert.Equal(Plan.At(10), driver.Next);
        driver.Report(double.NaN);
        Assert.Equal((Plan.At(10), new Progress(1, 10)), (driver.Next, driver.Progress));
    }

    [Fact]
    public void NextOf_Groups_TheirOwnValues()
    {
        var driver = new Driver(Grouped);

        Assert.Equal(new HyperParameters(1, 10, 0.9, 0), driver.NextOf("bias"));
        Assert.Equal(new HyperParameters(1, 10, 0.5, 5e-4), driver.NextOf("norm"));
        driver.Report(1);
        Assert.Equal(new Progress(1, 10), driver.Progress);
    }

    [Fact]
    public void NextOf_UnknownGroup_SaysWhichThereAre()
    {
        Assert.StartsWith(
            "The plan has no parameter group 'biases'; it has bias, norm.",
            Assert.Throws<ArgumentException>("group", () => new Driver(Grouped).NextOf("biases")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The plan has no parameter group 'bias'; it has none.",
            Assert.Throws<ArgumentException>("group", () => new Driver(Plan).NextOf("bias")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Report_GroupThatWasForgotten_IsSaidAtTheFirstAppliedUpdate()
    {
        var driver = new Driver(Grouped);
        _ = driver.NextOf("bias");
        driver.Report(double.NaN);
        _ = driver.Next;
        Assert.StartsWith(
            "An update was reported, but the loop has not asked for the plan's groups norm; ask NextOf(\"norm\")",
            Assert.Throws<InvalidOperationException>(() => driver.Report(1)).Message,
            StringComparison.Ordinal);
        Assert.Equal(default, driver.Progress);

        _ = driver.NextOf("norm");
        driver.Report(1);
        _ = driver.Next;
        driver.Report(1);
        Assert.Equal(new Progress(2, 20), driver.Progress);
    }

    [Fact]
    public void Report_NothingAskedFor_IsSaid()
    {
        var driver = new Driver(Plan);
        Assert.StartsWith("An update was reported, but nothing was asked for", Assert.Throws<InvalidOperationException>(() => driver.Report(1)).Message, StringComparison.Ordinal);
        _ = driver.Next;
        driver.Report(1);
        Assert.Throws<InvalidOperationException>(() => driver.Report(1));
        Assert.Throws<InvalidOperationException>(driver.Skip);
        Assert.Equal(new Progress(1, 10), driver.Progress);
    }

    [Fact]
    public void Report_BudgetUsedUp_IsSaid()
    {
        var driver = new Driver(Plan);
        while (driver.TryNext(out _))
        {
            driver.Report(1);
        }

        Assert.Equal(Plan.At(1000), driver.Next);
        Assert.StartsWith(
            "An update was reported after the budget of 1000 samples was used up", Assert.Throws<InvalidOperationException>(() => driver.Report(1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(driver.Skip);
    }

    [Fact]
    public void Report_TrueSize_MovesByIt()
    {
        var driver = new Driver(Plan);
        var asked = driver.Next;
        driver.Report(1, samples: 3, gradientNorm: 2, new GradientNoise(1, 20), descent: 5);

        Assert.Equal(new Progress(1, 3), driver.Progress);
        Assert.Equal(new Observation(new Progress(1, 3), asked with { BatchSize = 3 }, 1, 2) { Noise = new GradientNoise(1, 20), Descent = 5 }, driver.LastObservation);
        _ = driver.Next;
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => driver.Report(1, samples: 0));
    }

    [Fact]
    public void Report_LossNotFinite_OnlyAGuardIsTold()
    {
        var alone = new Driver(new Forgetful(Plan));
        _ = alone.Next;
        alone.Report(double.NaN);
        Assert.Equal((alone.Controller.InitialState, default), (alone.State, alone.Progress));

        var guarded = new Driver(new GuardedController(new Forgetful(Plan), new LossGuard(100) { Cut = 0.5, Warmup = 0 }));
        _ = guarded.Next;
        Assert.Equal(GuardDecision.RollBack, guarded.Report(double.NaN));
        Assert.Equal((0.5, default, 1), (guarded.Next.LearningRate, guarded.Progress, guarded.Guard!.Rollbacks));
        Assert.Equal([new RolledBack(0.5)], guarded.Events);
        Assert.Equal(GuardDecision.Continue, guarded.Report(1));
        Assert.Equal(new ForgetfulState(1, 1), ((GuardedState)guarded.State).Inner);
    }

    [Fact]
    public void Events_AfterSkip_None()
    {
        var driver = new Driver(new GuardedController(new PlanController(Plan), new LossGuard(100)));
        Assert.Empty(driver.Events);
        _ = driver.Next;
        driver.Report(double.NaN);
        Assert.Single(driver.Events);
        _ = driver.Next;
        driver.Skip();
        Assert.Empty(driver.Events);
    }

    [Fact]
    public void Turn_OfAPlan_NothingAllocated()
    {
        var driver = new Driver(new TrainingPlan(Grouped.Settings with { Length = Duration.Batches(30_000), LearningRate = new Cosine(1, 0) }));
        Turns(10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Turns(10_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        Assert.Equal(20_000, driver.Progress.Updates);

        void Turns(int count)
        {
            for (var i = 0; i < count && driver.TryNext(out _); i++)
            {
                _ = driver.NextOf("bias");
                _ = driver.NextOf("norm");
                driver.Report(1);
            }
        }
    }
}
