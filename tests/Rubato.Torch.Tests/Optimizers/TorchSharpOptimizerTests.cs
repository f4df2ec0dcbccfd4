using Rubato.Torch.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed partial class TorchSharpOptimizerTests
{
    public static TheoryData<string> Names => TorchSharpKind.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_PlanInWhichAllMoves_ValuesAreReadBack(string name)
    {
        using var training = new TorchSharpTraining(name);
        for (var update = 0; update < 5; update++)
        {
            var (values, biases) = (training.Plan.At(training.Samples), training.Plan.At(training.Samples, "biases"));
            training.Updates(1);
            AssertOptions(training.Made[0], values.LearningRate, values.Momentum, values.WeightDecay);
            AssertOptions(training.Made[1], (training.Kind.FollowsRate ? 2 : 1) * biases.LearningRate, biases.Momentum, 0.5 * biases.WeightDecay);
        }

        void AssertOptions(optim.Optimizer optimizer, double rate, double momentum, double decay) =>
            Assert.All(optimizer.ParamGroups.Cast<ParamGroup>(), group => Assert.Equal(
                (rate, training.Kind.HasMomentum ? momentum : null, training.Kind.HasDecay ? decay : (double?)null),
                (group.Options.LearningRate!.Value, training.Kind.Read(group.Options).Momentum, training.Kind.Read(group.Options).Decay)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_TwentyUpdates_AreThoseOfALoopByHandToTheBit(string name)
    {
        using var driven = new TorchSharpTraining(name);
        var start = driven.Weights();
        var losses = driven.Updates(20);
        using var byHand = new TorchSharpTraining(name);
        Assert.Equal(byHand.UpdatesByHand(20), losses);
        Assert.Equal(byHand.Weights(), driven.Weights());
        Assert.NotEqual(start, driven.Weights());
    }

    [Fact]
    public void Step_OptimizerWithSeveralGroups_WritesIntoEach()
    {
        using var network = nn.Linear(3, 2);
        var made = new List<SGD>();
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters =>
        {
            made.Add(optim.SGD([new SGD.ParamGroup([parameters[0]], lr: 1), new SGD.ParamGroup([parameters[1]], lr: 2)], 0.5, momentum: 0.1));
            return made[^1];
        });
        network.call(ones(4, 3)).sum().backward();
        optimizer.TakeGradients();
        optimizer.Step(new HyperParameters(0.25, 4, 0.75, 0.125));
        var groups = made.Single().ParamGroups.Cast<SGD.ParamGroup>().ToList();
        Assert.Equal(2, groups.Count);
        Assert.All(groups, group => Assert.Equal((0.25, 0.75, 0.125), (group.LearningRate, group.Momentum, group.Options.weight_decay)));
    }

    [Fact]
    public void Step_AdamsSecondBeta_StaysWhatItIs()
    {
        using var training = new TorchSharpTraining(TorchSharpKind.Of("adam") with { Create = p => optim.Adam(p, 0.01, beta2: 0.95) });
        training.Updates(2);
        Assert.All(training.Made, made => Assert.Equal(0.95, made.ParamGroups.Cast<optim.IBetas>().Single().Betas.Item2));
    }

    // Its own loop would make the first update with the rate of the constructor, and each further one with that of the update before.
    [Fact]
    public void Step_AsgdWithARateThatMoves_MakesEachUpdateWithItsOwn()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
        var w = Numbers.Values(layer.weight!)[0];
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(layer), parameters => optim.ASGD(parameters, lr: 5, lambd: 0.1, alpha: 0.5));
        double[] rates = [0.5, 0.1, 0.3, 0];
        for (var step = 0; step < rates.Length; step++)
        {
            layer.call(ones(1, 1, dtype: ScalarType.Float64)).sum().backward();
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(rates[step], 1, 0, 0));
            var eta = rates[step] / Math.Sqrt(1 + (0.1 * rates[step] * step));
            w = (w * (1 - (0.1 * eta))) - eta;
            Numbers.Close([w], Numbers.Values(layer.weight!), 1e-13, 0);
        }
    }

    [Fact]
    public void Step_AsgdWithARateThatStays_IsItsOwnLoopToTheBit()
    {
        using var one = nn.Linear(4, 3, dtype: ScalarType.Float64);
        using var other = nn.Linear(4, 3, dtype: ScalarType.Float64);
        other.load_state_dict(one.state_dict());
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(one), parameters => optim.ASGD(parameters, 0.3, lambd: 0.1, t0: 2));
        using var own = optim.ASGD(other.parameters(), 0.3, lambd: 0.1, t0: 2);
        for (var step = 0; step < 12; step++)
        {
            using var scope = NewDisposeScope();
            var inputs = Numbers.Random(step, 5, 4);
            one.call(inputs).pow(2).sum().backward();
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(0.3, 5, 0, 0));
            own.zero_grad();
            other.call(inputs).pow(2).sum().backward();
            own.step();
            Assert.Equal(Numbers.Values(other.weight!), Numbers.Values(one.weight!));
        }
    }

    [Fact]
    public void Step_RAdamOnceItRectifies_MovesByTheSquareOfTheRate()
    {
        Assert.Equal(2, DistanceAt(3, 0.02) / DistanceAt(3, 0.01), 1e-9);
        Assert.Equal(4, DistanceAt(30, 0.02) / DistanceAt(30, 0.01), 1e-9);

        // Of one update with a rate, after others with the rate 0 and the same gradient.
        static double DistanceAt(int update, double rate)
        {
            using var layer = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
            using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(layer), parameters => optim.RAdam(parameters));
            var before = Numbers.Values(layer.weight!)[0];
            for (var step = 1; step <= update; step++)
            {
                using var scope = NewDisposeScope();
                layer.call(ones(1, 1, dtype: ScalarType.Float64)).sum().backward();
                optimizer.TakeGradients();
                optimizer.Step(new HyperParameters(step == update ? rate : 0, 1, 0.9, 0));
            }

            return Numbers.Values(layer.weight!)[0] - before;
        }
    }

    [Theory]
    [InlineData("sgd", 0.9, 0.01)]
    [InlineData("sgd-bare", 0.0, 0.0)]
    [InlineData("adam", 0.9, 0.01)]
    [InlineData("adamw", 0.9, 0.0)]
    [InlineData("rmsprop", 0.5, 0.0)]
    [InlineData("adagrad", null, 0.0)]
    [InlineData("asgd", null, 0.0)]
    [InlineData("rprop", null, null)]
    public void MomentumAndWeightDecay_AreWhatTheOptimizerWasMadeWith(string name, double? momentum, double? decay)
    {
        using var training = new TorchSharpTraining(name);
        Assert.Equal((momentum, decay), (training.Optimizer.Momentum, training.Optimizer.WeightDecay));
        training.Updates(2);
        Assert.Equal((momentum, decay), (training.Optimizer.Momentum, training.Optimizer.WeightDecay));
    }

    [Theory]
    [InlineData("adagrad", 0.01, 0.9, 0, "TorchSharp's Adagrad has no momentum, but an update has 0.9.")]
    [InlineData("rprop", 0.01, 0, 0.5, "TorchSharp's Rprop has no weight decay, but an update has 0.5.")]
    [InlineData("rprop", 0.02, 0, 0, "TorchSharp's Rprop keeps the rate that it was made with, 0.01, but an update has 0.02.")]
    public void Step_ValuesThatItDoesNotFollow_AreRefusedAndChangeNothing(string name, double rate, double momentum, double decay, string message)
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), TorchSharpKind.Of(name).Create);
        network.call(ones(4, 3)).sum().backward();
        var before = Numbers.Values(network.weight!);
        optimizer.TakeGradients();
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => optimizer.Step(new HyperParameters(rate, 4, momentum, decay))).Message);
        Assert.Equal(before, Numbers.Values(network.weight!));
    }

    [Fact]
    public void Create_FactoryOfOtherParameters_IsRefused()
    {
        using var network = nn.Linear(3, 2);
        var groups = network.parameters().Select(parameter => new ParameterGroup([parameter])).ToList();
        Assert.Equal(
            "The optimizer that was made for a group has other parameters; make it of those that are handed over. (Parameter 'create')",
            Assert.Throws<ArgumentException>(() => new TorchSharpOptimizer(groups, _ => optim.SGD(network.parameters(), 0.1))).Message);
    }

    [Fact]
    public void Create_TensorThatIsNoParameter_IsRefused()
    {
        using var scope = NewDisposeScope();
        var leaf = ones(2, requires_grad: true);
        Assert.Equal(
            "A tensor of a group is no Parameter, as TorchSharp's optimizers want; take a module's. (Parameter 'group')",
            Assert.Throws<ArgumentException>(
                () => new TorchSharpOptimizer([new ParameterGroup([leaf])], parameters => optim.SGD(parameters, 0.1))).Message);
    }

    [Fact]
    public void Create_OptimizerWithoutGroups_IsRefusedByName()
    {
        using var network = nn.Linear(3, 2);
        Assert.Equal(
            "the optimizer WithoutGroups has no parameter groups, into which a plan's values could be written; "
            + "give it one that is an ILearningRateController, as those of an OptimizerHelper are.",
            Assert.Throws<InvalidInputException>(() => new TorchSharpOptimizer(ParameterGroup.Of(network), _ => new WithoutGroups())).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_TwoThousandUpdates_LeaveNoTensor(string name)
    {
        using var training = new TorchSharpTraining(TorchSharpKind.Of(name), PlanOf(TorchSharpKind.Of(name), 2010));
        training.Updates(2);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        training.Updates(2000);
        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Dispose_FreesStateAndLeavesTheParameters()
    {
        using var training = new TorchSharpTraining("sgd");
        training.Updates(1);
        var state = ((SGD)training.Made[0]).state_dict().State.Cast<SGD.State>().First();
        training.Optimizer.Dispose();
        training.Optimizer.Dispose();
        Assert.True(state.momentum_buffer.IsInvalid);
        Assert.All(training.Weights(), weight => Assert.True(double.IsFinite(weight)));
    }

    private static TrainingPlan PlanOf(TorchSharpKind kind, long updates) =>
        new(TorchSharpTraining.PlanFor(kind).Settings with { Length = Duration.Batches(updates) });

    private sealed class WithoutGroups() : optim.Optimizer(0);
}
