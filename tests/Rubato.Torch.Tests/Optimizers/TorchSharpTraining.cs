using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>
/// A small network with dropout whose weights and biases are two groups, the biases following a plan's group with multipliers of their own, trained by the updates
/// of a plan in which all moves that the optimizer can follow.
/// </summary>
internal sealed class TorchSharpTraining : IDisposable
{
    private const int BatchSize = 6;
    private readonly Tensor _inputs = Numbers.Random32(7, BatchSize, 5).DetachFromDisposeScope();
    private readonly Tensor _labels = tensor([0L, 1, 2, 0, 1, 2]).DetachFromDisposeScope();
    private long _samples;

    public TorchSharpTraining(string kind)
        : this(TorchSharpKind.Of(kind))
    {
    }

    public TorchSharpTraining(TorchSharpKind kind, TrainingPlan? plan = null)
    {
        Kind = kind;
        Plan = plan ?? PlanFor(kind);
        Engine.Seed(3);
        Network = nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Dropout(0.2), nn.Linear(7, 3));
        Network.train();
        var parameters = Network.named_parameters().ToList();
        ParameterGroup[] groups =
        [
            new([.. parameters.Where(named => named.name.EndsWith("weight", StringComparison.Ordinal)).Select(named => named.parameter)]),
            new(
                [.. parameters.Where(named => named.name.EndsWith("bias", StringComparison.Ordinal)).Select(named => named.parameter)],
                kind.FollowsRate ? 2 : 1,
                0.5,
                planGroup: 0),
        ];
        Optimizer = new TorchSharpOptimizer(groups, group =>
        {
            Made.Add(kind.Create(group));
            return Made[^1];
        });
    }

    public TorchSharpKind Kind { get; }

    public TrainingPlan Plan { get; }

    public nn.Module<Tensor, Tensor> Network { get; }

    public TorchSharpOptimizer Optimizer { get; }

    /// <summary>What the factory has made, by group.</summary>
    public List<optim.Optimizer> Made { get; } = [];

    /// <summary>A plan that moves all that an optimizer follows, of 40 updates.</summary>
    public static TrainingPlan PlanFor(TorchSharpKind kind) => new(new PlanSettings
    {
        Length = Duration.Batches(40),
        BatchSize = BatchSize,
        LearningRate = Schedule.Parse(kind.FollowsRate ? "linear(0.02 -> 0.002)" : "0.01"),
        Momentum = Schedule.Parse(kind.HasMomentum ? "linear(0.95 -> 0.5)" : "0"),
        WeightDecay = Schedule.Parse(kind.HasDecay ? "linear(0.001 -> 0.1)" : "0"),
        Groups = [new GroupSettings("biases", null, kind.HasMomentum ? Schedule.Parse("linear(0.3 -> 0.7)") : null)],
    });

    /// <summary>Updates by the optimizer under test; the losses.</summary>
    public List<double> Updates(int count) => Repeat(count, (values, biases) =>
    {
        Optimizer.TakeGradients();
        Optimizer.Step(values, [biases]);
    });

    /// <summary>The same by hand.</summary>
    public List<double> UpdatesByHand(int count) => Repeat(count, (values, biases) =>
    {
        Kind.Step(Made[0], values.LearningRate, values.Momentum, values.WeightDecay);
        Kind.Step(Made[1], (Kind.FollowsRate ? 2 : 1) * biases.LearningRate, biases.Momentum, 0.5 * biases.WeightDecay);
        Network.zero_grad();
    });

    public double[] Weights() => [.. Network.state_dict().Values.SelectMany(Numbers.Values)];

    /// <summary>Where the plan stands, to be set back with a snapshot.</summary>
    public long Samples
    {
        get => _samples;
        set => _samples = value;
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
        Optimizer.Dispose();
        Network.Dispose();
    }

    private List<double> Repeat(int count, Action<HyperParameters, HyperParameters> step)
    {
        var losses = new List<double>();
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var loss = Losses.CrossEntropy(Network.call(_inputs), _labels);
            loss.backward();
            losses.Add(loss.item<float>());
            step(Plan.At(_samples), Plan.At(_samples, "biases"));
            _samples += BatchSize;
        }

        return losses;
    }
}
