using System.Collections.Immutable;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch;

/// <summary>A trainer of any network on batches of a type of your own: several inputs, sequences, contrastive losses.</summary>
/// <typeparam name="TBatch">What a batch is. Its tensors must be where the network is.</typeparam>
public sealed class Trainer<TBatch> : NetworkTrainer
{
    private readonly Func<ImmutableArray<Metric<TBatch>>, TrainingSubject> _subject;

    /// <summary>A trainer.</summary>
    /// <param name="network">The network, whose parameters are trained; a run moves it to its device, and leaves it there.</param>
    /// <param name="samples">The training samples.</param>
    /// <param name="loss">
    /// Of a batch: the mean over it, a tensor of one number from which gradients flow to the network's parameters.
    /// </param>
    /// <param name="settings">How it trains.</param>
    /// <param name="heldOut">Samples on which the loss is evaluated at the end of each epoch; null for none.</param>
    public Trainer(
        Module network,
        ISamples<TBatch> samples,
        Func<TBatch, Tensor> loss,
        TrainerSettings settings,
        ISamples<TBatch>? heldOut = null)
        : base(network, settings)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(loss);
        _subject = metrics => new BatchSubject<TBatch>(network, samples, heldOut, loss) { Metrics = metrics };
    }

    /// <summary>
    /// Measures on the held-out samples beside the loss, such as <c>new Metric&lt;Pairs&gt;("accuracy", batch =&gt; ...)</c>. Names differ,
    /// and have no comma, quotation mark or line break.
    /// </summary>
    public ImmutableArray<Metric<TBatch>> Metrics { get; init; } = [];

    private protected override TrainingSubject Subject => _subject(Metrics);
}
