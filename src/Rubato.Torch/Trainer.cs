using System.Collections.Immutable;
using Rubato.Torch.Objectives;
using Rubato.Torch.Verifying;
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
/// samples. Runs are made on the calling thread. One goes on at a time, since libtorch's random state and threads
/// are process-wide.
/// </remarks>
public sealed class Trainer : NetworkTrainer
{
    private readonly Module<Tensor, Tensor> _network;
    private readonly ISamples<SupervisedBatch> _samples;
    private readonly ISamples<SupervisedBatch>? _heldOut;
    private readonly Func<Tensor, Tensor, Tensor> _loss;

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
        (_network, _samples, _heldOut, _loss) = (network, samples, heldOut, loss);
    }

    /// <summary>
    /// Measures on the held-out samples beside loss and accuracy, such as <c>new Metric("mae", (outputs, targets) =&gt; ...)</c>. Names
    /// differ, and have no comma, quotation mark or line break.
    /// </summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    /// <summary>
    /// Samples of your own to choose the best epoch by, beside <see cref="TrainerSettings.Validation"/>, which takes some of the training
    /// samples; null for none. They are evaluated at the end of each epoch, and neither trained on nor tested by.
    /// </summary>
    public ISamples<SupervisedBatch>? Validation { get; init; }

    /// <summary>
    /// Runs a plan and its exponential form side by side, from the network's weights and on the same batches, and says how far their
    /// outputs come apart. The trainer's network stays as it is.
    /// </summary>
    /// <param name="create">
    /// Makes a network of the same structure; it is called for each of the runs, and gets the weights of the trainer's network.
    /// </param>
    /// <param name="rate">The learning rate: any that is not searched for before the run.</param>
    /// <param name="closeness">How closely to look; null for every tenth update in 64 bits.</param>
    /// <param name="listener">
    /// Told a <see cref="VerificationDescription"/>, a <see cref="VerifiedPoint"/> for each comparison, and a
    /// <see cref="VerifiedAccuracy"/> at the end of each epoch; null for nobody.
    /// </param>
    /// <param name="cancellation">Ends it after the update in progress; comparisons until then stand.</param>
    /// <returns>Whether the claim holds, and how far the runs came apart.</returns>
    /// <exception cref="InvalidInputException">
    /// Settings, network and samples do not go together, or the network has no weights that could grow; all findings at once.
    /// </exception>
    /// <exception cref="TorchException">libtorch failed, for instance for lack of memory.</exception>
    /// <remarks>
    /// The rewrite is that of the settings, which end with an exponential form, or <c>exponential</c> if they do not. The outputs are
    /// compared on samples held out, or on training samples if none are. Li and Arora 2019, arXiv 1910.07454, Theorems 2.12 and 2.13.
    /// </remarks>
    public VerificationOutcome Verify(
        Func<Module<Tensor, Tensor>> create,
        Rate rate,
        VerificationSettings? closeness = null,
        Listener? listener = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(rate);
        return PuttingBackModes("verification", () =>
        {
            using var random = Engine.RandomState();
            try
            {
                var made = new HashSet<Module>(ReferenceEqualityComparer.Instance) { _network };
                var subject = new SupervisedSubject(() => Copied(create, made), _samples, _heldOut ?? _samples, _loss);
                var verification = VerificationMaker.Of(subject, _network, Settings, rate, closeness ?? new VerificationSettings());
                return VerifySession.Run(verification, listener ?? Listener.None, cancellation);
            }
            finally
            {
                Engine.SetRandomState(random);
            }
        });
    }

    private protected override TrainingSubject Subject
    {
        get
        {
            var (train, validation) = ValidationSplit.Of(_samples, Settings.Validation, Settings.Seed);
            return new SupervisedSubject(_network, train, _heldOut, _loss) { Metrics = Metrics, Validation = validation ?? Validation };
        }
    }

    private protected override bool HasOwnValidation => Validation is not null;

    private Module<Tensor, Tensor> Copied(Func<Module<Tensor, Tensor>> create, HashSet<Module> made)
    {
        var copy = create() ?? throw new InvalidInputException(
            new Finding(nameof(create), null, "returned null", "make a network of the same structure"));
        if (!made.Add(copy))
        {
            throw new InvalidInputException(new Finding(
                nameof(create),
                copy.GetName(),
                "which it returned before, or which the trainer has",
                "make a new network at each call, such as () => new MyNetwork()"));
        }

        try
        {
            copy.load_state_dict(_network.state_dict());
            return copy;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            var finding = new Finding(
                nameof(create),
                copy.GetName(),
                $"whose parameters are not those of the network {_network.GetName()} of the trainer",
                "make a network of the same structure");
            copy.Dispose();
            throw new InvalidInputException(finding, exception);
        }
    }
}
