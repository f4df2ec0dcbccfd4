using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Snapshots;

public sealed partial class SnapshotTests
{
    public static TheoryData<string, string> Trainings =>
        new MatrixTheoryData<string, string>(
            OptimizerCatalog.Kinds.Select(kind => kind.Name),
            ["mlp(8, norm batch, dropout 0.3)", "convnet(4, 8)"]);

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Restore_AfterMoreUpdates_TheyRepeatBitForBit(string optimizer, string network)
    {
        using var training = new SmallTraining(network, optimizer);
        training.Updates(3);
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var before = training.Weights();
        var losses = training.Updates(4);
        var after = training.Weights();
        Assert.NotEqual(before, after);
        for (var again = 0; again < 2; again++)
        {
            snapshot.Restore();
            Assert.Equal(before, training.Weights());
            Assert.Equal(losses, training.Updates(4));
            Assert.Equal(after, training.Weights());
        }
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Restore_StateThatCameIntoBeingLater_IsAsIfItHadNot(string optimizer, string network)
    {
        using var training = new SmallTraining(network, optimizer);
        training.Updates(2, momentum: 0);
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var losses = training.Updates(3, momentum: 0.9);
        var after = training.Weights();
        snapshot.Restore();
        Assert.Equal(losses, training.Updates(3, momentum: 0.9));
        Assert.Equal(after, training.Weights());
        snapshot.Retake();
        losses = training.Updates(2, momentum: 0.9);
        snapshot.Restore();
        Assert.Equal(losses, training.Updates(2, momentum: 0.9));
    }

    [Fact]
    public void Restore_OneOfSeveral_EachIsItsOwnMoment()
    {
        using var training = new SmallTraining("mlp(8, norm batch, dropout 0.3)", "adamw");
        using var first = Snapshot.Take(training.Network, training.Optimizer);
        var fromFirst = training.Updates(2);
        using var second = Snapshot.Take(training.Network, training.Optimizer);
        var fromSecond = training.Updates(2);
        first.Restore();
        Assert.Equal(fromFirst, training.Updates(2));
        second.Restore();
        Assert.Equal(fromSecond, training.Updates(2));
        first.Restore();
        second.Retake();
        second.Restore();
        Assert.Equal(fromFirst, training.Updates(2));
    }

    [Fact]
    public void Restore_WeightsThatAreNotNumbers_AreMended()
    {
        using var training = new SmallTraining("mlp(8, norm batch)", "sgd");
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var losses = training.Updates(2);
        Assert.Contains(training.Updates(20, rate: 1e30), loss => !double.IsFinite(loss));
        snapshot.Restore();
        Assert.Equal(losses, training.Updates(2));
    }

    [Fact]
    public void Restore_ChannelsLast_KeepsTensorsWithTheirOrderInMemory()
    {
        using var training = new SmallTraining("convnet(4, 8)", "sgd", MemoryFormat.ChannelsLast);
        var strides = training.Network.state_dict().Values.Select(tensor => tensor.stride()).ToList();
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var losses = training.Updates(2);
        snapshot.Restore();
        Assert.Equal(strides, training.Network.state_dict().Values.Select(tensor => tensor.stride()));
        Assert.Equal(losses, training.Updates(2));
        Assert.All(training.Network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void RetakeAndRestore_Often_LeaveAlmostNothingToTheCollector()
    {
        using var training = new SmallTraining("convnet(4, 8)", "adamw");
        training.Updates(1);
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        snapshot.Retake();
        snapshot.Restore();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            snapshot.Retake();
            snapshot.Restore();
        }

        // The handles of two random states.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 400);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Parts_FilledFromAnotherTraining_GoesOnAsThatOne(string optimizer, string network)
    {
        using var one = new SmallTraining(network, optimizer);
        one.Updates(3);
        using var taken = Snapshot.Take(one.Network, one.Optimizer);
        var saved = taken.Parts().ToDictionary(part => part.Name, part => part.ToBytes());
        var losses = one.Updates(3);
        using var other = new SmallTraining(network, optimizer);
        using var snapshot = Snapshot.Take(other.Network, other.Optimizer);
        foreach (var part in snapshot.Parts(withAllState: true))
        {
            part.Fill(saved[part.Name]);
        }

        snapshot.Restore();
        Assert.Equal(losses, other.Updates(3));
        Assert.Equal(one.Weights(), other.Weights());
    }

    [Fact]
    public void Parts_OfATraining_HaveNamesTypesAndShapes()
    {
        using var training = new SmallTraining("mlp(8, norm batch)", "adamw");
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var parts = snapshot.Parts();
        Assert.Equal(parts.Count, parts.Select(part => part.Name).Distinct().Count());
        Assert.All(parts, part => Assert.Equal(part.Shape.Aggregate(1L, (product, size) => product * size) * Size(part.Type), part.ToBytes().Length));
        Assert.Contains(parts, part => part is { Name: "network.0.weight" or "network.1.weight", Type: ScalarType.Float32 });
        Assert.Contains(parts, part => part is { Name: "numbers.1", Type: ScalarType.Float64, Shape: [2] });
        Assert.Contains(parts, part => part is { Name: "optimizer.0.0", Type: ScalarType.Float32 });
        Assert.Equal("random", parts[^1].Name);
        Assert.All(parts, part => Assert.ThrowsAny<ArgumentException>(() => part.Fill(new byte[7 * Size(part.Type)])));
        Assert.All(parts, part => Assert.ThrowsAny<ArgumentException>(() => part.Fill(new byte[part.ToBytes().Length + 1])));

        static int Size(ScalarType type) => type switch
        {
            ScalarType.Byte => 1,
            ScalarType.Float32 => 4,
            _ => 8,
        };
    }

    [Fact]
    public void Restore_BytesThatAreNoRandomState_ChangesNothing()
    {
        using var training = new SmallTraining("mlp(8)", "sgd");
        using var snapshot = Snapshot.Take(training.Network, training.Optimizer);
        var random = snapshot.Parts()[^1];
        random.Fill(new byte[random.ToBytes().Length]);
        training.Updates(2);
        var before = training.Weights();
        Assert.Throws<ArgumentException>(snapshot.Restore);
        Assert.Equal(before, training.Weights());
    }

    private sealed class SmallTraining : IDisposable
    {
        private readonly Tensor _inputs;
        private readonly Tensor _labels;

        public SmallTraining(string network, string optimizer, MemoryFormat format = MemoryFormat.Contiguous)
        {
            Engine.Seed(5);
            Network = NetworkCatalog.Parse(network).Build(new InputShape(1, 8, 8, 3));
            Network.MoveTo(CPU, format);
            Optimizer = OptimizerCatalog.Parse(optimizer).Create(ParameterGroup.Of(Network, ["*.bias"]));
            using var scope = NewDisposeScope();
            _inputs = Numbers.Random32(7, 12, 1, 8, 8).DetachFromDisposeScope();
            _labels = tensor([0L, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]).DetachFromDisposeScope();
        }

        public nn.Module<Tensor, Tensor> Network { get; }

        public Optimizer Optimizer { get; }

        public List<double> Updates(int count, double momentum = 0.9, double rate = 0.01)
        {
            var losses = new List<double>();
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                var loss = Losses.CrossEntropy(Network.call(_inputs), _labels);
                loss.backward();
                losses.Add(loss.item<float>());
                Optimizer.TakeGradients();
                var values = new HyperParameters(rate, 12, momentum, 0.01);
                Optimizer.Step(values, [values with { LearningRate = rate / 2 }]);
            }

            return losses;
        }

        public List<double> Weights() => [.. Network.state_dict().Values.SelectMany(Numbers.Values)];

        public void Dispose()
        {
            _inputs.Dispose();
            _labels.Dispose();
            Optimizer.Dispose();
            Network.Dispose();
        }
    }
}
