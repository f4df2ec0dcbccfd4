using System.Collections.Immutable;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch;

/// <summary>Trains a network of TorchSharp's without a guess at its learning rate, or with any rate of the library.</summary>
/// <remarks>
/// <code>
/// var trainer = new Trainer(network, Samples.Of(images, labels), Losses.CrossEntropy, new TrainerSettings { Length = Epochs(10) });
/// TrainingRun run = trainer.Fit();                                   // no rate: rehearsed, leaned, guarded
/// trainer.Fit(Schedule.OneCycle(0.1));                               // a schedule
/// trainer.Fit(Rate.AutoWarmup());                                    // raised while the loss falls
/// RangeSuggestion found = trainer.FindRates();                       // a range test; everything is put back
/// </code>
/// Each <see cref="NetworkTrainer.Fit"/> goes on from the network's weights, with a new optimizer. The trainer owns neither network nor
/// samples. Runs are made on the calling thread. libtorch's random state and threads are process-wide: make one run at a time.
/// </remarks>
public sealed class Trainer : NetworkTrainer
{
    private readonly Func<ImmutableArray<Metric>, TrainingSubject> _subject;

    /// <summary>A trainer of a network of one input and one output.</summary>
    /// <param name="network">The network; a run moves it to its device, and leaves it there.</param>
    /// <param name="samples">The training samples.</param>
    /// <param name="loss">
    /// Of outputs and targets: the mean over the batch, a tensor of one number from which gradients flow to the outputs; see
    /// <see cref="Losses"/>.
    /// </param>
    /// <param name="settings">How it trains.</param>
    /// <param name="heldOut">Samples on which loss and accuracy are evaluated at the end of each epoch; null for none.</param>
    public Trainer(
        Module<Tensor, Tensor> network,
        ISamples<SupervisedBatch> samples,
        Func<Tensor, Tensor, Tensor> loss,
        TrainerSettings settings,
        ISamples<SupervisedBatch>? heldOut = null)
        : base(network, settings)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(loss);
        _subject = metrics => new SupervisedSubject(network, samples, heldOut, loss) { Metrics = metrics };
    }

    /// <summary>
    /// Measures on the held-out samples beside loss and accuracy, such as <c>new Metric("mae", (outputs, targets) =&gt; ...)</c>. Names
    /// differ, and have no comma, quotation mark or line break.
    /// </summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    private protected override TrainingSubject Subject => _subject(Metrics);
}
