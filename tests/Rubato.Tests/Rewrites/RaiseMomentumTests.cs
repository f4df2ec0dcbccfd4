using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class RaiseMomentumTests
{
    // 1 - m falls by 5, 2 and 40; the last has room up to 100 only, a quarter of it.
    [Theory]
    [InlineData("0.9", 0.98, 50, 1)]
    [InlineData("0", 0.5, 20, 1)]
    [InlineData("0", 0.975, 100, 0.25)]
    public void Apply_Momentum_BatchByTheQuotient(string from, double to, double batchSize, double rate)
    {
        var settings = new RaiseMomentum(to).Apply(RewriteExamples.Plan("1", momentum: from)).Settings;

        Assert.Equal(to, settings.Momentum);
        Assert.Equal(batchSize, settings.BatchSize);
        Assert.Equal(rate, settings.LearningRate);
    }

    [Fact]
    public void Apply_StepsOfTheMomentum_StepsOfTheBatch() =>
        Assert.Equal(
            ["cosine(1 -> 0)", "table(0sp: 40, 300sp: 20, 600sp: 10)"],
            RewriteExamples.Texts(new RaiseMomentum(0.75).Apply(RewriteExamples.Plan("cosine(1 -> 0)", momentum: "table(0sp: 0, 300sp: 0.5, 600sp: 0.75)"))));

    // The group's momentum stays, so its rate takes the growth of the batch, 5.
    [Fact]
    public void Apply_GroupWithItsOwnMomentum_RateTakesTheBatch()
    {
        var plan = new TrainingPlan(RewriteExamples.Plan("1", momentum: "0.9").Settings with
        {
            Groups = [new GroupSettings("bias", Momentum: 0.5), new GroupSettings("norm", LearningRate: 2, Momentum: 0), new GroupSettings("rest", LearningRate: 3)],
        });

        var groups = new RaiseMomentum(0.98).Apply(plan).Settings.Groups;

        Assert.Equal(
            [new GroupSettings("bias", LearningRate: 5, Momentum: 0.5), new GroupSettings("norm", LearningRate: 10, Momentum: 0), new GroupSettings("rest", LearningRate: 3)],
            groups);
    }

    [Theory]
    [InlineData("0.95", "the momentum is to be raised to 0.9, but the plan has 0.95 at sample 0; raise it to more than that.")]
    [InlineData("table(0sp: 0, 500sp: 0.99)", "the momentum is to be raised to 0.9, but the plan has 0.99 at sample 500; raise it to more than that.")]
    [InlineData("linear(0.5 -> 0.8)", "Momentum is 'linear(0.5 -> 0.8)', which moves all the time, so that no batch sizes can follow it; write it as a number or as steps.")]
    public void Apply_MomentumThatCannotBeRaised_OneSentence(string momentum, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InvalidInputException>(() => new RaiseMomentum(0.9).Apply(RewriteExamples.Plan("1", momentum: momentum))).Message);

    // Smith et al. 2018, Figure 5: from 640 and 0.9 to 3200 and 0.98.
    [Fact]
    public void Warning_Paper_EpochsBeforeAndAfter()
    {
        var plan = new ScaleBatch(5).Apply(RewriteExamples.Original);

        var warning = new RaiseMomentum(0.98).Warning(plan);

        Assert.Equal(0.128, warning.Before.TimeConstant, 1e-12);
        Assert.Equal(3.2, warning.After.TimeConstant, 1e-12);
        Assert.Equal(45, warning.Before.Displacement, 1e-9);
        Assert.Equal(1225, warning.After.Displacement, 1e-8);
        Assert.Equal(3.136 - 0.1152, warning.ExtraEpochs, 1e-12);
        Assert.Equal("the momentum buffer fills in 3.2 epochs instead of 0.128, which loses 3.02 epochs more at the start; plan for them.", warning.ToString());
    }

    [Fact]
    public void Warning_TrainingSetUnknown_OneSentence() => Assert.Equal(
        "SamplesPerEpoch is missing, but what a higher momentum costs is counted in epochs; give it.",
        Assert.Throws<InvalidInputException>(() => new RaiseMomentum(0.9).Warning(new TrainingPlan(RewriteExamples.Plan("1").Settings with { SamplesPerEpoch = null }))).Message);

    [Fact]
    public void Constructor_OutOfRange_Refused() => Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new RaiseMomentum(1));

    [Fact]
    public void Equals_SameValues_Equal()
    {
        Assert.Equal(new RaiseMomentum(0.9) { MaxBatch = 64 }, new RaiseMomentum(0.9) { MaxBatch = 64 });
        Assert.NotEqual<PlanRewrite>(new RaiseMomentum(0.9), new RaiseMomentum(0.9) { Multiple = 2 });
    }
}
