using Samples.TorchSharp;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.Tests.TorchSharp;

[Collection(TorchSharpCollection.Name)]
public sealed class TorchSharpTargetTests
{
    private static readonly HyperParameters Values = new(0.25, BatchSize: 64, Momentum: 0.85, WeightDecay: 0.5);

    public static TheoryData<string> Decaying => [.. Optimizers.Decaying];

    public static TheoryData<string> Others => [.. Optimizers.Others];

    [Theory]
    [MemberData(nameof(Decaying))]
    [MemberData(nameof(Others))]
    public void Write_EveryOptimizer_SetsTheRateOfItsGroup(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());

        TorchSharpTarget.Write(optimizer.ParamGroups.Single(), Values);

        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("RMSProp")]
    public void Write_WithMomentum_SetsIt(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());

        TorchSharpTarget.Write(optimizer.ParamGroups.Single(), Values);

        Assert.Equal(0.85, ((IMomentum)optimizer.ParamGroups.Single()).Momentum);
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("Adamax")]
    [InlineData("NAdam")]
    [InlineData("RAdam")]
    public void Write_AdamsFamily_SetsBeta1AndKeepsBeta2(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());

        TorchSharpTarget.Write(optimizer.ParamGroups.Single(), Values);

        Assert.Equal((0.85, 0.99), ((IBetas)optimizer.ParamGroups.Single()).Betas);
    }

    [Theory]
    [MemberData(nameof(Decaying))]
    public void Write_RateZero_MovesNothing(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());
        var still = new HyperParameters(0, BatchSize: 1, Momentum: 0.9, WeightDecay: 0.5);
        if (name == "ASGD")
        {
            // It works out its rate at the end of the update before.
            Step(toy, optimizer, still, updates: 1);
        }

        var before = toy.Values;

        Step(toy, optimizer, still, updates: 3);

        Assert.Equal(before, toy.Values);
    }

    [Theory]
    [MemberData(nameof(Decaying))]
    public void WriteDecay_EveryOptimizerThatHasIt_TakesEffect(string name)
    {
        double[] ValuesAfter(double decay)
        {
            using var toy = new Toy();
            using var optimizer = Optimizers.Create(name, toy.parameters());
            Step(toy, optimizer, new HyperParameters(0.01, BatchSize: 1, Momentum: 0.9, WeightDecay: decay), updates: 3, lossFactor: 0);
            return toy.Values;
        }

        // Without a gradient only the decay moves the weights.
        var (free, decayed) = (ValuesAfter(0), ValuesAfter(0.5));

        Assert.All(free.Zip(decayed), pair => Assert.True(Math.Abs(pair.Second) < Math.Abs(pair.First), $"{pair.First} became {pair.Second}"));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Write_OptimizerWithoutDecay_IsRefusedByNameWhereThePlanHasDecay(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());
        var driver = new Driver(PlanOf(decay: 0.01));

        var exception = Assert.Throws<NotSupportedException>(() => TorchSharpTarget.Write(driver, optimizer));

        Assert.Equal($"TorchSharp's {name} has no weight decay; take it out of the plan, or take another optimizer, such as SGD or AdamW.", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Write_OptimizerWithoutDecay_FollowsAPlanWithoutDecay(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());
        TorchSharpTarget.Write(new Driver(PlanOf(decay: 0)), optimizer);

        Assert.Equal(0.3, optimizer.ParamGroups.Single().LearningRate);
    }

    private static TrainingPlan PlanOf(double decay) =>
        new(new PlanSettings { Length = Duration.Batches(2), LearningRate = Schedule.Parse("constant(0.3)"), BatchSize = 8, WeightDecay = decay });

    private static void Step(Toy toy, Optimizer optimizer, HyperParameters values, int updates, double lossFactor = 1)
    {
        for (var update = 0; update < updates; update++)
        {
            foreach (var group in optimizer.ParamGroups)
            {
                TorchSharpTarget.Write(group, values);
                Assert.True(TorchSharpTarget.WriteDecay(group, values.WeightDecay));
            }

            toy.zero_grad();
            (toy.LossOf(1) * lossFactor).backward();
            optimizer.step();
        }
    }
}
