using System.Collections.Immutable;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Objectives;

/// <summary>What is trained, on which samples, and for which loss.</summary>
/// <remarks>Immutable.</remarks>
internal abstract class TrainingSubject
{
    /// <summary>A subject.</summary>
    /// <param name="trainCount">How many training samples there are.</param>
    /// <param name="heldOutCount">How many samples are held out for evaluation.</param>
    private protected TrainingSubject(int trainCount, int heldOutCount) => (TrainCount, HeldOutCount) = (trainCount, heldOutCount);

    /// <summary>How many training samples there are; at least 1.</summary>
    public int TrainCount { get; }

    /// <summary>How many samples are held out for evaluation; 0 if none are.</summary>
    public int HeldOutCount { get; }

    /// <summary>How many samples are held out of the training set for validation; 0 if none are.</summary>
    public abstract int ValidationCount { get; }

    /// <summary>Whether an evaluation can count right answers, if the network's outputs are scores of classes.</summary>
    internal virtual bool MeasuresAccuracy => false;

    /// <summary>The names of the metrics that held-out samples are measured by; null for one that is not there.</summary>
    internal virtual IReadOnlyList<string?> MetricNames => [];

    /// <summary>Whether a run disposes its network, since it was made for it.</summary>
    internal abstract bool MakesNetwork { get; }

    /// <summary>Makes the network, or gives the one that there is.</summary>
    /// <returns>The network.</returns>
    internal abstract Module BuildNetwork();

    /// <summary>What the network is trained for.</summary>
    /// <param name="network">What <see cref="BuildNetwork"/> returned, where it is trained.</param>
    /// <param name="placement">Where and how it is computed.</param>
    /// <returns>The objective over the training samples.</returns>
    internal abstract Objective Training(Module network, Placement placement);

    /// <summary>The same over the samples that are held out.</summary>
    /// <param name="network">What <see cref="BuildNetwork"/> returned, where it is trained.</param>
    /// <param name="placement">Where and how it is computed.</param>
    /// <returns>The objective; null if none are held out.</returns>
    internal abstract Objective? HeldOut(Module network, Placement placement);

    /// <summary>The same over the samples for validation, without metrics.</summary>
    /// <param name="network">What <see cref="BuildNetwork"/> returned, where it is trained.</param>
    /// <param name="placement">Where and how it is computed.</param>
    /// <returns>The objective; null if there are none.</returns>
    internal abstract Objective? Validating(Module network, Placement placement);
}

/// <summary>A network of one input and one output, and samples with targets.</summary>
/// <param name="build">Makes the network; the engine's seed is set before.</param>
/// <param name="train">The training samples.</param>
/// <param name="heldOut">Samples for evaluation; null for none.</param>
/// <param name="loss">Of outputs and targets: the mean over the batch, a tensor of one number.</param>
internal sealed class SupervisedSubject(
    Func<Module<Tensor, Tensor>> build,
    ISamples<SupervisedBatch> train,
    ISamples<SupervisedBatch>? heldOut,
    Func<Tensor, Tensor, Tensor> loss) : TrainingSubject(train.Count, heldOut?.Count ?? 0)
{
    private readonly bool _makesNetwork = true;

    /// <summary>A network that there is already; a run trains it and leaves it to its owner.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training samples.</param>
    /// <param name="heldOut">Samples for evaluation; null for none.</param>
    /// <param name="loss">Of outputs and targets: the mean over the batch, a tensor of one number.</param>
    public SupervisedSubject(
        Module<Tensor, Tensor> network,
        ISamples<SupervisedBatch> train,
        ISamples<SupervisedBatch>? heldOut,
        Func<Tensor, Tensor, Tensor> loss)
        : this(() => network, train, heldOut, loss) => _makesNetwork = false;

    internal override bool MeasuresAccuracy
    {
        get
        {
            using var scope = NewDisposeScope();
            return SupervisedObjective.AreClasses(train.Read([0], SampleDraw.Evaluation).Targets);
        }
    }

    internal override IReadOnlyList<string?> MetricNames => [.. Metrics.Select(metric => metric?.Name)];

    /// <summary>Measures on the held-out samples beside loss and accuracy.</summary>
    internal ImmutableArray<Metric> Metrics { get; init; } = [];

    /// <summary>Samples to choose by, which are not trained on; null for none.</summary>
    internal ISamples<SupervisedBatch>? Validation { get; init; }

    /// <inheritdoc/>
    public override int ValidationCount => Validation?.Count ?? 0;

    internal override bool MakesNetwork => _makesNetwork;

    /// <summary>Makes the network.</summary>
    public Func<Module<Tensor, Tensor>> Build => build;

    /// <summary>The training samples.</summary>
    public ISamples<SupervisedBatch> Train => train;

    /// <summary>Samples for evaluation; null for none.</summary>
    public ISamples<SupervisedBatch>? Test => heldOut;

    /// <summary>Of outputs and targets: the mean over the batch, a tensor of one number.</summary>
    public Func<Tensor, Tensor, Tensor> Loss => loss;

    internal override Module BuildNetwork() => build();

    internal override Objective Training(Module network, Placement placement) =>
        new SupervisedObjective((Module<Tensor, Tensor>)network, train, loss, [], placement);

    internal override Objective? HeldOut(Module network, Placement placement) =>
        heldOut is null ? null : new SupervisedObjective((Module<Tensor, Tensor>)network, heldOut, loss, Metrics, placement);

    internal override Objective? Validating(Module network, Placement placement) =>
        Validation is null ? null : new SupervisedObjective((Module<Tensor, Tensor>)network, Validation, loss, [], placement);
}

/// <summary>A network of any kind, and batches of a type of their own.</summary>
/// <typeparam name="TBatch">What a batch is.</typeparam>
/// <param name="network">The network, whose parameters the loss depends on.</param>
/// <param name="train">The training samples.</param>
/// <param name="heldOut">Samples for evaluation; null for none.</param>
/// <param name="loss">The mean loss over a batch, a tensor of one number.</param>
internal sealed class BatchSubject<TBatch>(
    Module network,
    ISamples<TBatch> train,
    ISamples<TBatch>? heldOut,
    Func<TBatch, Tensor> loss) : TrainingSubject(train.Count, heldOut?.Count ?? 0)
{
    internal override IReadOnlyList<string?> MetricNames => [.. Metrics.Select(metric => metric?.Name)];

    internal override bool MakesNetwork => false;

    /// <summary>Measures on the held-out samples beside the loss.</summary>
    internal ImmutableArray<Metric<TBatch>> Metrics { get; init; } = [];

    /// <summary>Samples to choose by, which are not trained on; null for none.</summary>
    internal ISamples<TBatch>? Validation { get; init; }

    /// <inheritdoc/>
    public override int ValidationCount => Validation?.Count ?? 0;

    internal override Module BuildNetwork() => network;

    internal override Objective Training(Module network, Placement placement) => new BatchObjective<TBatch>(network, train, loss, []);

    internal override Objective? HeldOut(Module network, Placement placement) =>
        heldOut is null ? null : new BatchObjective<TBatch>(network, heldOut, loss, Metrics);

    internal override Objective? Validating(Module network, Placement placement) =>
        Validation is null ? null : new BatchObjective<TBatch>(network, Validation, loss, []);
}
