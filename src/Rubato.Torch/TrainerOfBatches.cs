using System.Collections.Immutable;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch;

/// <summary>A trainer of any network on batches of a type of your own: several inputs, sequences, contrastive losses.</summary>
/// <typeparam name="TBatch">What a batch is. Its tensors must be where the network is.</typeparam>
public sealed class Trainer<TBatch> : NetworkTrainer
{
    private readonly Func<TrainingSubject> _subject;

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
        _subject = () =>
        {
            var (train, validation) = ValidationSplit.Of(samples, settings.Validation, settings.Seed);
            return new BatchSubject<TBatch>(network, train, heldOut, loss) { Metrics = Metrics, Validation = validation ?? Validation };
        };
    }

    /// <summary>
    /// Measures on the held-out samples beside the loss, such as <c>new Metric&lt;Pairs&gt;("accuracy", batch =&gt; ...)</c>. Names differ,
    /// and have no comma, quotation mark or line break.
    /// </summary>
    public ImmutableArray<Metric<TBatch>> Metrics { get; init; } = [];

    /// <summary>
    /// Samples of your own to choose the best epoch by, beside <see cref="TrainerSettings.Validation"/>, which takes some of the training
    /// samples; null for none. They are evaluated at the end of each epoch, and neither trained on nor tested by.
    /// </summary>
    public ISamples<TBatch>? Validation { get; init; }

    private protected override TrainingSubject Subject => _subject();

    private protected override bool HasOwnValidation => Validation is not null;
}
