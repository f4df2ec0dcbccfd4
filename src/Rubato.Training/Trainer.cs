using Rubato.RangeTests;
using Rubato.Runs;
using Rubato.Torch;
using Rubato.Training.Objectives;
using Rubato.Training.Running;
using Rubato.Training.Tasks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Training;

/// <summary>Trains a network of TorchSharp's without a guess at its learning rate, or with any rate of the library.</summary>
/// <remarks>
/// <code>
/// var trainer = new Trainer(network, Samples.Of(images, labels), Losses.CrossEntropy, new TrainerSettings { Length = Epochs(10) });
/// TrainingRun run = trainer.Fit();                                   // no rate: rehearsed, leaned, guarded
/// trainer.Fit(Schedule.OneCycle(0.1));                               // a schedule
/// trainer.Fit(Rate.AutoWarmup());                                    // raised while the loss falls
/// RangeSuggestion found = trainer.FindRates();                       // a range test; everything is put back
/// </code>
/// Each <see cref="Fit"/> goes on from the network's weights, with a new optimizer. The trainer owns neither network nor samples. Runs are
/// made on the calling thread; libtorch's random state and its threads are process-wide, so that one run at a time is made in a process.
/// </remarks>
public class Trainer
{
    private readonly TrainingSubject _subject;
    private readonly Module _network;

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
        : this(
            new SupervisedSubject(
                network ?? throw new ArgumentNullException(nameof(network)),
                samples ?? throw new ArgumentNullException(nameof(samples)),
                heldOut,
                loss ?? throw new ArgumentNullException(nameof(loss))),
            network,
            settings)
    {
    }

    private protected Trainer(TrainingSubject subject, Module network, TrainerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_subject, _network, Settings) = (subject, network, settings);
    }

    /// <summary>How it trains.</summary>
    public TrainerSettings Settings { get; }

    /// <summary>Trains.</summary>
    /// <param name="rate">
    /// The learning rate: a number, a schedule, or a way to find one; null for <see cref="Rate.Rehearsed"/>. <see cref="Rate.Usual"/> is
    /// the optimizer's.
    /// </param>
    /// <param name="listener">Told of the run while it goes on, on the calling thread; null for nobody.</param>
    /// <param name="cancellation">Ends the run after the update in progress; its status is then <c>Interrupted</c>.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="InvalidInputException">
    /// Settings, network and samples do not go together; all findings at once. Nothing was trained or written.
    /// </exception>
    /// <exception cref="TorchException">libtorch failed, for instance for lack of memory.</exception>
    public TrainingRun Fit(Rate? rate = null, Listener? listener = null, CancellationToken cancellation = default) =>
        Engine.Run("training", () =>
        {
            var task = TaskMaker.Build(_subject, _network, Settings, rate ?? Rate.Rehearsed());
            using var parts = new RunParts(task, Settings.Time, TaskMaker.TypeOf(_network));
            var folder = Settings.Folder is { } path ? RunFolder.Create(path) : null;
            folder?.WriteConfiguration(ConfigurationText.Of(Settings, task));
            return new TrainingRun(
                TrainingSession.Run(task, parts, folder, listener ?? Listener.None, Settings.Time, cancellation), folder?.Path);
        });

    /// <summary>
    /// Makes a range test: trains under a rate that rises from update to update, and reads off between which rates the loss falls. Network,
    /// buffers and random state are as before, whatever happens.
    /// </summary>
    /// <param name="test">The rates; null for those from a ten-thousandth of the optimizer's usual rate to a thousand times of it.</param>
    /// <param name="listener">Told of each update; null for nobody.</param>
    /// <param name="cancellation">Ends the test after the update in progress.</param>
    /// <returns>The bounds, or the reason why there is no clear answer.</returns>
    /// <exception cref="InvalidInputException">Settings, network and samples do not go together; all findings at once.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    /// <exception cref="TorchException">libtorch failed, for instance for lack of memory.</exception>
    public RangeSuggestion FindRates(RangeTest? test = null, Listener? listener = null, CancellationToken cancellation = default) =>
        Engine.Run("range test", () =>
        {
            using var random = Engine.RandomState();
            var wasTraining = _network.training;
            try
            {
                var task = TaskMaker.Build(_subject, _network, Settings, Rate.Usual);
                using var parts = new RunParts(task, Settings.Time, TaskMaker.TypeOf(_network));
                var swept = parts.Sweep(task, TaskMaker.SweepOf(task, test), Tell, cancellation);
                cancellation.ThrowIfCancellationRequested();
                return RangeSuggestion.Of([swept.Curve!], new RangeSuggestionSettings { BatchSize = task.Plan.At(0).BatchSize });
            }
            finally
            {
                Engine.SetRandomState(random);
                _network.train(wasTraining);
            }

            void Tell(RangePoint point, double smoothed) => listener?.OnEvent(new RangeTests.RangePointMeasured(point, smoothed));
        });
}
