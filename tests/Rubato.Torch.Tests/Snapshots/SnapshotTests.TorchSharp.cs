using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tests.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Snapshots;

public sealed partial class SnapshotTests
{
    public static TheoryData<string, int> Moments => new MatrixTheoryData<string, int>(TorchSharpKind.All.Select(kind => kind.Name), [0, 1, 5]);

    [Theory]
    [MemberData(nameof(Moments))]
    public void Restore_OptimizerOfTorchSharps_RepeatsBitForBit(string name, int updates)
    {
        using var training = new TorchSharpTraining(name);
        training.Updates(updates);
        // The snapshot outlives a scope that frees what is made within.
        Snapshot snapshot;
        using (NewDisposeScope())
        {
            snapshot = Snapshot.Take(training.Network, training.Optimizer);
        }

        using var owned = snapshot;
        var (samples, before) = (training.Samples, training.Weights());
        var losses = training.Updates(6);
        var after = training.Weights();
        Assert.NotEqual(before, after);
        for (var again = 0; again < 2; again++)
        {
            using (NewDisposeScope())
            {
                snapshot.Restore();
            }

            training.Samples = samples;
            Assert.Equal(before, training.Weights());
            Assert.Equal(losses, training.Updates(6));
            Assert.Equal(after, training.Weights());
        }

        // Taken later, it is of that moment.
        samples = training.Samples;
        snapshot.Retake();
        losses = training.Updates(3);
        snapshot.Restore();
        training.Samples = samples;
        Assert.Equal(losses, training.Updates(3));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Parts_OfAnOptimizerOfTorchSharps_GoOnInAFreshOneAndInAUsedOne(string name, int updates)
    {
        using var one = new TorchSharpTraining(name);
        one.Updates(updates);
        using var taken = Snapshot.Take(one.Network, one.Optimizer);
        var saved = taken.Parts().ToDictionary(part => part.Name, part => part.ToBytes());
        var samples = one.Samples;
        var losses = one.Updates(6);
        foreach (var used in new[] { 0, 2 })
        {
            using var other = new TorchSharpTraining(name);
            other.Updates(used);
            using var snapshot = Snapshot.Take(other.Network, other.Optimizer);
            var parts = snapshot.Parts(withAllState: true);
            Assert.Equal(saved.Keys, parts.Select(part => part.Name));
            foreach (var part in parts)
            {
                part.Fill(saved[part.Name]);
            }

            snapshot.Restore();
            other.Samples = samples;
            Assert.Equal(losses, other.Updates(6));
            Assert.Equal(one.Weights(), other.Weights());
        }
    }

    [Fact]
    public void Parts_OfSgd_HaveTheSameNamesBeforeItHasItsBuffers()
    {
        using var training = new TorchSharpTraining("sgd");
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        string[] names =
        [
            "optimizer.0.0.momentum_buffer", "numbers.0.0.momentum_buffer", "optimizer.0.1.momentum_buffer", "numbers.0.1.momentum_buffer",
            "optimizer.1.0.momentum_buffer", "numbers.1.0.momentum_buffer", "optimizer.1.1.momentum_buffer", "numbers.1.1.momentum_buffer",
        ];
        var parts = snapshot.Parts().Where(part => !part.Name.StartsWith("network.", StringComparison.Ordinal)).SkipLast(1).ToList();
        Assert.Equal(names, parts.Select(part => part.Name));
        Assert.Equal([7, 5], parts[0].Shape);
        Assert.Equal((ScalarType.Float32, ScalarType.Int64), (parts[0].Type, parts[1].Type));
        Assert.All(parts.Where(part => part.Name.StartsWith("numbers.", StringComparison.Ordinal)), part => Assert.Equal(new byte[8], part.ToBytes()));
        Assert.All(parts, part => Assert.All(part.ToBytes(), number => Assert.Equal(0, number)));
        training.Updates(1);
        snapshot.Retake();
        parts = [.. snapshot.Parts().Where(part => !part.Name.StartsWith("network.", StringComparison.Ordinal)).SkipLast(1)];
        Assert.Equal(names, parts.Select(part => part.Name));
        Assert.Equal(1, BitConverter.ToInt64(parts[1].ToBytes()));
        Assert.Contains(parts[0].ToBytes(), number => number != 0);
    }

    [Fact]
    public void Parts_OfNAdam_AreItsFields()
    {
        using var training = new TorchSharpTraining("nadam");
        training.Updates(3);
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var parts = snapshot.Parts().Where(part => part.Name.Contains(".1.1.", StringComparison.Ordinal)).ToDictionary(part => part.Name);
        Assert.Equal(
            ["numbers.1.1.exp_avg", "numbers.1.1.exp_avg_sq", "numbers.1.1.mu_product", "numbers.1.1.step", "optimizer.1.1.exp_avg", "optimizer.1.1.exp_avg_sq"],
            parts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, BitConverter.ToInt64(parts["numbers.1.1.step"].ToBytes()));
        Assert.InRange(BitConverter.ToDouble(parts["numbers.1.1.mu_product"].ToBytes()), 1e-6, 0.5);
    }

    [Fact]
    public void RetakeAndRestore_OptimizerOfTorchSharps_LeaveNoTensor()
    {
        using var training = new TorchSharpTraining("amsgrad");
        training.Updates(1);
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++)
        {
            snapshot.Retake();
            training.Updates(1);
            snapshot.Restore();
            training.Samples = 6;
        }

        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Take_Lbfgs_IsRefusedByName()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => optim.LBFGS(parameters, 0.1));
        AssertRefused(network, optimizer, "TorchSharp's LBFGS holds its state where no snapshot sees it; take another, such as SGD.");
    }

    [Fact]
    public void Take_OwnOptimizerWithAPrivateTensor_IsRefusedByName()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => new WithPrivateTensor(parameters));
        AssertRefused(
            network,
            optimizer,
            "the optimizer WithPrivateTensor has the field '_average', which may change from update to update where no snapshot sees it; "
            + "put it into an OptimizerState for each parameter, or make it a read-only number.");
    }

    [Fact]
    public void Take_OwnOptimizerWithAStateOfAnotherType_IsRefusedByName()
    {
        using var network = nn.Linear(3, 2);
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => new WithState<OddState>(parameters, p => new OddState(p)));
        AssertRefused(
            network,
            optimizer,
            "the optimizer WithState`1 has a state with the field 'Names' of the type String[], which no snapshot holds; make it a long, a double or a Tensor.");
    }

    [Fact]
    public void Restore_OwnOptimizerWithAState_PutsItsFieldsAndPropertiesBack()
    {
        using var network = nn.Linear(3, 2);
        var states = new List<GoodState>();
        using var optimizer = new TorchSharpOptimizer(ParameterGroup.Of(network), parameters => new WithState<GoodState>(parameters, p =>
        {
            states.Add(new GoodState(p));
            return states[^1];
        }));
        using var late = tensor([1.0, 2]);
        using var snapshot = Snapshot.Take(network, optimizer);
        (states[0].Count, states[0].Last, states[1].Last) = (7, late.clone(), late.clone());
        Assert.Equal(["Count", "Last"], snapshot.Parts().Select(part => part.Name).Where(name => name.StartsWith("numbers.0.1", StringComparison.Ordinal)).Select(name => name.Split('.')[^1]));
        snapshot.Retake();
        states[0].Last!.zero_();
        states[0].Count = 8;
        states[1].Last!.Dispose();
        states[1].Last = null;
        snapshot.Restore();
        Assert.Equal(7, states[0].Count);
        Assert.All(states, state => Assert.Equal([1.0, 2], Numbers.Values(state.Last!)));
        states.ForEach(state => state.Last!.Dispose());
    }

    private static void AssertRefused(nn.Module network, TorchSharpOptimizer optimizer, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Snapshot.Take(network, optimizer)).Message);

    private sealed class WithPrivateTensor(IEnumerable<Parameter> parameters) : SGD(parameters, 0.1)
    {
        private Tensor? _average;

        public override Tensor step(Func<Tensor>? closure = null)
        {
            _average ??= zeros(1);
            return base.step(closure);
        }
    }

    private sealed class WithState<TState> : OptimizerHelper
        where TState : OptimizerState
    {
        public WithState(IReadOnlyList<Parameter> parameters, Func<Parameter, TState> create)
        {
            _parameter_groups = [new ParamGroup { Parameters = parameters, Options = new OptimizerOptions { LearningRate = 1 } }];
            foreach (var parameter in parameters)
            {
                _state[parameter.Handle] = create(parameter);
            }
        }
    }

    private abstract class State(Parameter parameter) : OptimizerState(parameter)
    {
        public override void SaveStateDict(BinaryWriter writer) => throw new NotSupportedException();

        public override void LoadStateDict(BinaryReader reader) => throw new NotSupportedException();

        public override void LoadStateDict(OptimizerState source) => throw new NotSupportedException();

        public override void Initialize(OptimizerOptions options) => throw new NotSupportedException();
    }

    private sealed class OddState(Parameter parameter) : State(parameter)
    {
        public string[] Names = [];
    }

    private sealed class GoodState(Parameter parameter) : State(parameter)
    {
        public readonly int Limit = 3;

        public long Count { get; set; }

        public Tensor? Last { get; set; }
    }
}
