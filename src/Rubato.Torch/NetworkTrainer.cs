using Rubato.RangeTests;
using Rubato.Runs;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Objectives;
using Rubato.Torch.Parallel;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch;

/// <summary>What a <see cref="Trainer"/> and a <see cref="Trainer{TBatch}"/> can do, whatever a batch is.</summary>
/// <remarks>Owns neither network nor samples. Not safe for use by several threads.</remarks>
public abstract class NetworkTrainer
{
    private readonly Module _network;

    private protected NetworkTrainer(Module network, TrainerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);
        (_network, Settings) = (network, settings);
    }

    /// <summary>How it trains.</summary>
    public TrainerSettings Settings { get; }

    private protected abstract TrainingSubject Subject { get; }

    private protected abstract bool HasOwnValidation { get; }

    /// <summary>Trains.</summary>
    /// <param name="rate">
    /// The learning rate: a number, a schedule, or a way to find one; null for <see cref="Rate.Rehearsed"/>. <see cref="Rate.Usual"/> is
    /// the optimizer's.
    /// </param>
    /// <param name="listener">Told of the run while it goes on, on the calling thread; null for nobody.</param>
    /// <param name="cancellation">Ends the run after the update in progress; its status is then <c>Interrupted</c>.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="InvalidInputException">
    /// Settings, network and samples do not go together, or the first batch does not fit into memory; all findings at once. Nothing was
    /// trained or written.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another run or range test goes on in this process.</exception>
    /// <exception cref="TorchException">
    /// libtorch failed, for instance for lack of memory. A run folder is complete but for weights, and its status is <c>failed</c>; so it
    /// is if a listener or the samples throw.
    /// </exception>
    /// <exception cref="IOException">The run has ended, but the disk had no room for its weights or its logs.</exception>
    public TrainingRun Fit(Rate? rate = null, Listener? listener = null, CancellationToken cancellation = default) =>
        PuttingBackModes("training", () => Train(rate ?? Rate.Rehearsed(), resumed: null, listener, cancellation));

    /// <summary>
    /// Goes on with a run that was killed or interrupted, from its newest checkpoint that is whole: bit for bit as if nothing had happened,
    /// on the same machine and with as many threads. A run without a checkpoint yet begins anew, from the network's weights.
    /// </summary>
    /// <param name="folder">The run's folder, as <see cref="TrainerSettings.Folder"/> was.</param>
    /// <param name="rate">The learning rate, as <see cref="Fit"/> was given it.</param>
    /// <param name="policy">
    /// What to do if the settings, the rate or the number of samples differ from those of the run. A finished run that is only given a
    /// greater <see cref="TrainerSettings.Length"/> goes on without a policy.
    /// </param>
    /// <param name="listener">Told of the run while it goes on, <see cref="RunResumed"/> first; null for nobody.</param>
    /// <param name="cancellation">Ends the run after the update in progress.</param>
    /// <returns>What the run came to, the part before included. A run that was finished comes to what it came to.</returns>
    /// <exception cref="InvalidInputException">
    /// It is no run folder, another process trains that run, no checkpoint is whole, or the run was another one and the policy does not
    /// allow that; all findings at once. The folder is as it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another run or range test goes on in this process.</exception>
    /// <exception cref="IOException">The run has ended, but the disk had no room for its weights or its logs.</exception>
    /// <exception cref="TorchException">libtorch failed, for instance for lack of memory.</exception>
    public TrainingRun Resume(
        string folder,
        Rate? rate = null,
        ResumePolicy policy = ResumePolicy.Strict,
        Listener? listener = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return PuttingBackModes("training", () =>
        {
            using var resumed = Agreement.Reach(
                Settings.Peers, () => Resumption.Open(RunFolder.Open(folder), policy, isWritten: Settings.Peers.Rank == 0));
            return Train(rate ?? Rate.Rehearsed(), resumed, listener, cancellation);
        });
    }

    private TrainingRun Train(Rate rate, Resumption? resumed, Listener? listener, CancellationToken cancellation)
    {
        RequireOneValidation();
        var task = TaskMaker.Build(Subject, _network, resumed is null ? Settings : Settings with { Folder = null }, rate);
        task = Agreement.Reach(Settings.Peers, () => resumed?.Choose(task) ?? task);
        TrainingSession.RequireSame(task);
        using var parts = new RunParts(task, Settings.Time, TaskMaker.TypeOf(_network));
        SampleCheck.Require(task, parts.Training, parts.HeldOut, parts.Validation);
        SingleSamples.Require(task, parts.Training);
        if (parts.HeldOut is { } heldOut)
        {
            Evaluation.TryMetrics(heldOut);
        }

        using var keeping = Agreement.Reach(Settings.Peers, () => Keeping(task, resumed));
        BestWeights? best = null;
        var summary = TrainingSession.Run(
            task,
            parts,
            keeping,
            resumed,
            Listener.All(Listener.Of<BestReached>(reached => best = reached.Weights), listener ?? Listener.None),
            Settings.Time,
            cancellation);
        return new TrainingRun(summary, keeping?.Folder.Path, [.. RunNotes.Of(task), .. RunNotes.Of(task, summary)], best);
    }

    // The first process writes, for all.
    private RunKeeping? Keeping(TrainingTask task, Resumption? resumed)
    {
        if (Settings.Peers.Rank > 0 || (resumed is null && Settings.Folder is null))
        {
            return null;
        }

        var saving = new SaveSettings(Settings.SaveEvery, Settings.KeepCheckpoints, Settings.SaveRequest);
        return RunKeeping.Begin(resumed, saving, ConfigurationText.Of(Settings, task), () => NewFolder(Settings.Folder!));
    }

    /// <summary>
    /// Makes a range test: trains under a rate that rises from update to update, and reads off between which rates the loss falls. Network,
    /// buffers, random state and threads are as before, whatever happens; only device and order of memory stay those of the settings, and
    /// gradients are cleared.
    /// </summary>
    /// <param name="test">The rates; null for those from a ten-thousandth of the optimizer's usual rate to a thousand times of it.</param>
    /// <param name="listener">Told of each update; null for nobody.</param>
    /// <param name="cancellation">Ends the test after the update in progress.</param>
    /// <returns>The bounds, or the reason why there is no clear answer.</returns>
    /// <exception cref="InvalidInputException">Settings, network and samples do not go together; all findings at once.</exception>
    /// <exception cref="InvalidOperationException">Another run or range test goes on in this process.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    /// <exception cref="TorchException">libtorch failed, for instance for lack of memory.</exception>
    public RangeSuggestion FindRates(RangeTest? test = null, Listener? listener = null, CancellationToken cancellation = default) =>
        PuttingBackModes("range test", () =>
        {
            using var random = Engine.RandomState();
            try
            {
                var task = TaskMaker.Build(Subject, _network, Settings with { Folder = null }, Rate.Usual);
                using var parts = new RunParts(task, Settings.Time, TaskMaker.TypeOf(_network));
                SampleCheck.Require(task, parts.Training, heldOut: null);
                SingleSamples.RequireOfSweep(task, parts.Training);
                var agreed = parts.Team.Agree(cancellation);
                var swept = parts.Sweep(task, TaskMaker.SweepOf(task, Settings.Optimizer.UsualRate, test), Tell, agreed);
                agreed.ThrowIfCancellationRequested();
                return RangeSuggestion.Of(
                    [swept.Curve!],
                    new RangeSuggestionSettings { BatchSize = task.Plan.At(0).BatchSize, Margin = task.RangeMargin });
            }
            finally
            {
                Engine.SetRandomState(random);
            }

            void Tell(RangePoint point, double smoothed) => listener?.OnEvent(new RangePointMeasured(point, smoothed));
        });

    private void RequireOneValidation()
    {
        if (Settings.Validation is { } share && HasOwnValidation)
        {
            throw new InvalidInputException(new Finding(
                nameof(Settings.Validation), share, "but the trainer has validation samples of its own", "leave one of them out"));
        }
    }

    private protected T PuttingBackModes<T>(string operation, Func<T> work) => SoleRun.Do(operation, () => Engine.Run(operation, () =>
    {
        var (modes, threads) = (new ModuleModes(_network), Engine.Threads);
        try
        {
            return work();
        }
        finally
        {
            modes.PutBack();
            Engine.Threads = threads;
        }
    }));

    private static RunFolder NewFolder(string path)
    {
        try
        {
            return RunFolder.Create(path);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException(
                [.. exception.Findings.Select(finding => finding with { Setting = nameof(Settings.Folder), Value = path })], exception);
        }
    }
}
