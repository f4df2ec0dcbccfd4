using Rubato.Torch.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed partial class TorchSharpOptimizerTests
{
    private const string NoMomentum = "has no momentum; leave it 0, or take an optimizer that has it, such as SGD.";
    private const string Constant =
        "give Schedule.Constant(0.01), since a number alone is a peak with warm-up and decay, or take an optimizer that follows a rate, such as SGD.";

    private const string Buffer = "does not keep its buffer up while the momentum is 0, and it comes back at update";

    [Theory]
    [MemberData(nameof(Names))]
    public void Require_PlanThatItFollows_SaysNothing(string name)
    {
        var kind = TorchSharpKind.Of(name);
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), kind.Create);
        optimizer.Require(TorchSharpTraining.PlanFor(kind));
        optimizer.Require(Plan(momentum: kind.HasMomentum && name != "nesterov" ? "linear(0 -> 0.9)" : kind.HasMomentum ? "0.9" : "0"));
    }

    [Theory]
    [InlineData("adagrad", "0.01", "0.9", "0", $"Momentum is 0.9: TorchSharp's Adagrad {NoMomentum}")]
    [InlineData("adadelta", "0.01", "linear(0 -> 0.9)", "0", $"Momentum is 'linear(0 -> 0.9)': TorchSharp's Adadelta {NoMomentum}")]
    [InlineData("asgd", "0.01", "0.5", "0.1", $"Momentum is 0.5: TorchSharp's ASGD {NoMomentum}")]
    [InlineData(
        "rprop",
        "0.01",
        "0",
        "0.5",
        "WeightDecay is 0.5: TorchSharp's Rprop has no weight decay; leave it 0, or take an optimizer that has it, such as SGD.")]
    [InlineData(
        "rprop",
        "0.02",
        "0",
        "0",
        "LearningRate is 0.02: TorchSharp's Rprop keeps the rate that it was made with, 0.01; " + Constant)]
    [InlineData(
        "rprop",
        "cosine(0.01 -> 0)",
        "0",
        "0",
        "LearningRate is 'cosine(0.01 -> 0)': TorchSharp's Rprop keeps the rate that it was made with, 0.01; " + Constant)]
    [InlineData(
        "nesterov",
        "0.01",
        "0",
        "0",
        "Momentum is 0: TorchSharp's SGD with Nesterov momentum needs it above 0 in every update, but update 1 has 0; keep it above 0, or take plain momentum.")]
    [InlineData(
        "nesterov",
        "0.01",
        "constant(0.9, 5ba) then 0",
        "0",
        "Momentum is 'constant(0.9, 5ba) then 0': TorchSharp's SGD with Nesterov momentum needs it above 0 in every update, but update 6 has 0; "
        + "keep it above 0, or take plain momentum.")]
    [InlineData(
        "sgd",
        "0.01",
        "constant(0.9, 3ba) then constant(0, 2ba) then 0.5",
        "0",
        $"Momentum is 'constant(0.9, 3ba) then constant(0, 2ba) then 0.5': TorchSharp's SGD {Buffer} 6; keep it above 0 in between, or take Rubato's Sgd.")]
    [InlineData(
        "rmsprop",
        "0.01",
        "constant(0.9, 3ba) then constant(0, 2ba) then 0.5",
        "0",
        $"Momentum is 'constant(0.9, 3ba) then constant(0, 2ba) then 0.5': TorchSharp's RMSProp {Buffer} 6; keep it above 0 in between, or take Rubato's RmsProp.")]
    public void Require_PlanThatItCannotFollow_SaysWhat(string name, string rate, string momentum, string decay, string message)
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), TorchSharpKind.Of(name).Create);
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => optimizer.Require(Plan(rate, momentum, decay))).Message);
    }

    [Fact]
    public void Require_Lbfgs_NeedsAClosure()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => optim.LBFGS(parameters, 0.1));
        Assert.Equal(
            "TorchSharp's LBFGS needs a closure that evaluates the loss several times in a step, which no update of a plan has; take another optimizer, such as SGD.",
            Assert.Throws<InvalidInputException>(() => optimizer.Require(Plan(momentum: "0.9"))).Message);
    }

    [Fact]
    public void Require_SeveralFindings_AreReportedAtOnceAndEachOnce()
    {
        using var network = nn.Linear(3, 2);
        var groups = network.parameters().Select(parameter => new ParameterGroup([parameter])).ToList();
        using var optimizer = new TorchSharpOptimizer(groups, parameters => optim.Rprop(parameters, 0.01));
        Assert.Equal(
            ["LearningRate", "Momentum", "WeightDecay"],
            Assert.Throws<InvalidInputException>(() => optimizer.Require(Plan("0.1", "0.9", "0.5"))).Findings.Select(finding => finding.Setting));
    }

    [Fact]
    public void Require_GroupOfThePlan_IsNamed()
    {
        using var network = nn.Linear(3, 2);
        var parameters = network.parameters().ToList();
        using var optimizer = new TorchSharpOptimizer(
            [new ParameterGroup([parameters[0]]), new ParameterGroup([parameters[1]], rateMultiplier: 2, decayMultiplier: 0, planGroup: 1)],
            group => optim.Rprop(group, 0.01));
        var plan = Plan("0.01", groups: [new GroupSettings("unused", Momentum: 0.5), new GroupSettings("biases", 0.005, 0.25, 0.1)]);
        Assert.Equal(
            [$"Momentum '0.25', group 'biases': TorchSharp's Rprop {NoMomentum}"],
            Assert.Throws<InvalidInputException>(() => optimizer.Require(plan)).Findings.Select(finding => finding.ToString()));
        Assert.Equal(
            [
                "LearningRate '0.01', group 'biases': TorchSharp's Rprop keeps the rate that it was made with, 0.01, and the multiplier of its parameters is 2; "
                + "write that, or take an optimizer that follows a rate, such as SGD.",
            ],
            Assert.Throws<InvalidInputException>(
                () => optimizer.Require(Plan("0.01", groups: [new GroupSettings("unused"), new GroupSettings("biases")])))
                .Findings.Select(finding => finding.ToString()));
        Assert.Equal(
            "Parameters follow 2 groups of the plan, but it has 1.",
            Assert.Throws<InvalidInputException>(() => optimizer.Require(Plan("0.01", groups: [new GroupSettings("biases")]))).Message);
    }

    [Fact]
    public void Require_TypeOfAUsersOwn_IsNamed()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => new OwnDescent(parameters));
        optimizer.Require(Plan());
        Assert.Equal(
            $"Momentum is 0.9: the optimizer OwnDescent {NoMomentum} "
            + "WeightDecay is 0.1: the optimizer OwnDescent has no weight decay; leave it 0, or take an optimizer that has it, such as SGD.",
            Assert.Throws<InvalidInputException>(() => optimizer.Require(Plan("linear(1 -> 0)", "0.9", "0.1"))).Message.ReplaceLineEndings(" "));
    }

    [Fact]
    public void Require_LongPlanOfSchedulesThatNeverChange_IsAnsweredAtOnce()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), TorchSharpKind.Of("sgd").Create);
        var plan = new TrainingPlan(Plan("cosine(0.1 -> 0)", "0.9", "0.1").Settings with { Length = Duration.Batches(1e12) });
        // A visit to every update would take days.
        optimizer.Require(plan);
    }

    // What the refusal is for. The update without momentum leaves its gradient, 1, in a buffer that is kept up; TorchSharp's still holds the
    // 2 of the update before it.
    [Fact]
    public void Step_SgdWhoseMomentumComesBack_DiffersFromTheFormula()
    {
        Assert.Equal([-2.0, -3, -4 - (0.5 * 2)], Weights(parameters => new TorchSharpOptimizer(parameters, group => optim.SGD(group, 1, momentum: 0.5))));
        Assert.Equal([-2.0, -3, -4 - (0.5 * 1)], Weights(parameters => new Sgd(parameters, nesterov: false)));

        static List<double> Weights(Func<IReadOnlyList<ParameterGroup>, Rubato.Torch.Optimizers.Optimizer> create)
        {
            using var layer = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
            using (no_grad())
            {
                layer.weight!.zero_();
            }

            using var optimizer = create(ParameterGroup.Of(layer));
            var weights = new List<double>();
            foreach (var (gradient, momentum) in new[] { (2.0, 0.5), (1, 0), (1, 0.5) })
            {
                using var scope = NewDisposeScope();
                (layer.call(ones(1, 1, dtype: ScalarType.Float64)) * gradient).sum().backward();
                optimizer.TakeGradients();
                optimizer.Step(new HyperParameters(1, 1, momentum, 0));
                weights.Add(Numbers.Values(layer.weight!)[0]);
            }

            return weights;
        }
    }

    // What the refusal is for: a rate that is written has no effect, not even on the first step.
    [Fact]
    public void Step_RpropByHand_IgnoresTheRate()
    {
        Assert.Equal(After(0.01), After(5));

        static double[] After(double rate)
        {
            using var layer = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
            using (no_grad())
            {
                layer.weight!.zero_();
            }

            using var optimizer = optim.Rprop(layer.parameters(), 0.01);
            optimizer.ParamGroups.Single().LearningRate = rate;
            layer.call(ones(1, 1, dtype: ScalarType.Float64)).sum().backward();
            optimizer.step();
            optimizer.step();
            return Numbers.Values(layer.weight!);
        }
    }

    private static TrainingPlan Plan(string rate = "0.01", string momentum = "0", string decay = "0", params GroupSettings[] groups) =>
        new(new PlanSettings
        {
            Length = Duration.Batches(10),
            BatchSize = 4,
            LearningRate = Schedule.Parse(rate),
            Momentum = Schedule.Parse(momentum),
            WeightDecay = Schedule.Parse(decay),
            Groups = [.. groups],
        });

    // It keeps nothing, and has nothing but a rate.
    private sealed class OwnDescent : OptimizerHelper
    {
        public OwnDescent(IEnumerable<Parameter> parameters)
        {
            _parameter_groups = [new ParamGroup { Parameters = [.. parameters], Options = new OptimizerOptions { LearningRate = 1 } }];
        }

        public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(
            group =>
            {
                foreach (var parameter in group.Parameters)
                {
                    parameter.add_(parameter.grad!, -group.LearningRate);
                }
            },
            closure);
    }
}
