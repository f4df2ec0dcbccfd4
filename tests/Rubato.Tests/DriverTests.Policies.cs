using Rubato.Control;

namespace Rubato.Tests;

/// <summary>What a driver does with a position that was saved under another plan.</summary>
public sealed partial class DriverTests
{
    // 100 samples an epoch in batches of 10: a step decay at epoch 4, that is after 40 updates.
    private static readonly TrainingPlan Stepped = new(new PlanSettings
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 100,
        LearningRate = Schedule.MultiStep(1, 0.1, [Duration.Epochs(4)]),
        BatchSize = 10,
    });

    [Theory]
    [InlineData(ResumePolicy.Keep, 50, 0.1)]
    [InlineData(ResumePolicy.UseNew, 50, 1.0)]
    [InlineData(ResumePolicy.SameEpoch, 100, 0.1)]
    public void Restore_DataHasGrown_ThePolicySaysWhereTheDecayIs(ResumePolicy policy, long updatesOfNewPlan, double rate)
    {
        var saved = After(Stepped, 50).Save();
        var grown = new Driver(new TrainingPlan(Stepped.Settings with { SamplesPerEpoch = 200 }));

        grown.Restore(saved, policy);

        Assert.Equal(new Progress(50, 10 * updatesOfNewPlan), grown.Progress);
        Assert.Equal(rate, grown.Next.LearningRate, 1e-15);
        Assert.Equal(policy == ResumePolicy.Keep ? Stepped.Settings : grown.Plan.Settings, grown.Plan.Settings);
    }

    [Fact]
    public void Restore_AnotherPlanAndStrict_SaysAllThatDiffers()
    {
        var saved = After(Stepped, 50).Save();
        var other = new Driver(new TrainingPlan(Stepped.Settings with { Length = Duration.Epochs(20), BatchSize = 20, Momentum = 0.9 }));

        var message = Assert.Throws<InvalidInputException>(() => other.Restore(saved)).Message;

        Assert.Equal(
            [
                "Length is '20ep', but the saved run has 10ep.",
                "BatchSize is 20, but the saved run has 10.",
                "Momentum is 0.9, but the saved run has 0; "
                    + "give what the saved run has, or choose ResumePolicy.Keep, UseNew or SameEpoch.",
            ],
            message.Split('\n'),
            StringComparer.Ordinal);
        Assert.Equal(default, other.Progress);
    }

    [Fact]
    public void Restore_KeepByAControllerThatCannotMove_SaysSoAndChangesNothing()
    {
        var saved = new Driver(new Forgetful(Stepped)).Save();
        var other = new Driver(new Forgetful(new TrainingPlan(Stepped.Settings with { BatchSize = 20 })));

        Assert.StartsWith(
            "the controller Forgetful cannot be moved to the saved run's plan;",
            Assert.Throws<InvalidInputException>(() => other.Restore(saved, ResumePolicy.Keep)).Message,
            StringComparison.Ordinal);
        Assert.Equal(20, other.Next.BatchSize);
    }

    [Fact]
    public void Restore_SameEpochWithoutEpochs_SaysSo()
    {
        var saved = After(Stepped, 5).Save();
        var other = new Driver(new TrainingPlan(new PlanSettings { Length = Duration.Batches(50), LearningRate = 1, BatchSize = 10 }));

        Assert.Equal(
            "SamplesPerEpoch is missing in the plan of this run, so that there is no same epoch; choose ResumePolicy.UseNew.",
            Assert.Throws<InvalidInputException>(() => other.Restore(saved, ResumePolicy.SameEpoch)).Message);
    }

    // The controllers of the package, one within another, over a plan that they were not made for.
    [Theory]
    [InlineData("plan")]
    [InlineData("autowarmup")]
    [InlineData("plateau")]
    [InlineData("polyak")]
    [InlineData("adaptive batch over plateau over autowarmup")]
    [InlineData("guard over autowarmup")]
    public void Restore_Keep_IsTheDriverThatWasSaved(string name)
    {
        var whole = new Driver(Named()[name]);
        for (var turn = 0; turn < 40; turn++)
        {
            _ = whole.NextOf("head");
            Report(whole, turn);
        }

        var longer = new TrainingPlan(Warming.Settings with { Length = Duration.Epochs(24), WeightDecay = 0.1 });
        var kept = new Driver(Assert.IsAssignableFrom<Controller>(Named()[name].WithPlan(longer)));
        kept.Restore(whole.Save(), ResumePolicy.Keep);
        for (var turn = 40; turn < 60; turn++)
        {
            Assert.Equal((whole.Next, whole.NextOf("head")), (kept.Next, kept.NextOf("head")));
            Assert.Equal(Report(whole, turn), Report(kept, turn));
        }
    }

    [Fact]
    public void Restore_SameEpochInACooldown_StaysWhereItWas()
    {
        var whole = new Driver(Named()["autowarmup"]);
        for (var (turn, after) = (0, 0); after < 5; turn++)
        {
            _ = whole.NextOf("head");
            Report(whole, turn);
            after += ((AutoWarmupState)whole.State).Switch is null ? 0 : 1;
        }

        var half = new TrainingPlan(Warming.Settings with { SamplesPerEpoch = 60 });
        var moved = new Driver(Named()["autowarmup"].WithPlan(half)!);
        moved.Restore(whole.Save(), ResumePolicy.SameEpoch);

        var before = ((AutoWarmupState)whole.State).Switch!;
        Assert.Equal(before with { Samples = before.Samples / 2 }, ((AutoWarmupState)moved.State).Switch);
        Assert.Equal(whole.Progress.Samples / 2, moved.Progress.Samples);
        Assert.Equal(whole.Next.LearningRate, moved.Next.LearningRate, 1e-12);
    }

    // Groups, a tail, and schedules within each other, all in their text form.
    [Fact]
    public void Restore_KeepOfAPlanWithEverything_IsThatPlan()
    {
        var plan = new TrainingPlan(Stepped.Settings with
        {
            LearningRate = Schedule.Parse("cosine(0.3 -> 0) * step(1, gamma 0.5, every 3ep)"),
            BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 5ep)"),
            Momentum = Schedule.Parse("linear(0.85 -> 0.95)"),
            WeightDecay = 1e-4,
            Tail = EpochTail.Cut,
            Groups = [new GroupSettings("head", LearningRate: Schedule.Parse("0.1"), WeightDecay: 0), new GroupSettings("body", Momentum: 0.5)],
        });
        var kept = new Driver(Stepped);

        kept.Restore(new Driver(plan).Save(), ResumePolicy.Keep);

        Assert.Equal(plan.Settings, kept.Plan.Settings);
    }

    private static Driver After(TrainingPlan plan, int updates)
    {
        var driver = new Driver(plan);
        for (var i = 0; i < updates; i++)
        {
            _ = driver.Next;
            driver.Report(1);
        }

        return driver;
    }
}
