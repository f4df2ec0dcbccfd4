using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Tasks;

/// <summary>Makes the choices that the settings of a trainer leave open.</summary>
internal static class TaskMaker
{
    /// <summary>The training of a network that there is already.</summary>
    /// <exception cref="InvalidInputException">Settings, network and samples do not go together; all findings at once.</exception>
    internal static TrainingTask Build(TrainingSubject subject, Module network, TrainerSettings settings, Rate rate)
    {
        var device = settings.Device ?? network.parameters().FirstOrDefault()?.device ?? CPU;
        var names = new TaskNames("samples", network.GetName(), settings.Optimizer.Name, "");
        var findings = new List<Finding>();
        TrainingTask? built = null;
        Gather(findings, () => built = Build(subject, settings with { Device = device }, rate, names));
        Gather(findings, () => TypeOf(network));
        if (settings.Folder is { } folder && FolderFinding(folder) is { } finding)
        {
            findings.Add(finding);
        }

        if (built is not { } task || findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        task = task with
        {
            MemoryFormat = settings.MemoryFormat ?? MemoryProbe.Choose(subject, network, device),
            Threads = settings.Threads
                ?? UsualThreads.Choose(network, Math.Min(task.Plan.At(0).BatchSize, task.MicroBatch ?? long.MaxValue), Engine.Threads),
        };
        return task.Rate is RangeTestedRate ? task with { Sweep = SweepOf(task, settings.Optimizer.UsualRate) } : task;
    }

    /// <summary>The training of a network that is still to be made.</summary>
    /// <param name="subject">Network, samples and loss.</param>
    /// <param name="settings">How it trains; device and order of memory are given, or else the CPU and contiguous.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="names">What things are called.</param>
    /// <returns>The training; its range test, if the rate needs one, is still to be set.</returns>
    /// <exception cref="InvalidInputException">Settings and samples do not go together; all findings at once.</exception>
    public static TrainingTask Build(TrainingSubject subject, TrainerSettings settings, Rate rate, TaskNames names)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(settings);
        var optimizer = settings.Optimizer;
        var known = rate is UsualRate ? optimizer.UsualRate : rate;
        List<Finding> findings =
        [
            .. settings.Findings(),
            .. RewriteLimits.Findings(settings, rate),
            .. WatchedLimits.Findings(settings, rate, subject),
            .. MetricRules.Findings(subject.MetricNames, subject.HeldOutCount),
        ];
        TrainingPlan? planned = null;

        // A warm-up that is out of its range has been found, and would only hide what the plan has.
        var warmed = settings.Warmup is >= 0 and < 1 ? settings : settings with { Warmup = null };
        Gather(findings, () => planned = new TrainingPlan(warmed.PlanFor(known, subject.TrainCount)));
        Gather(findings, () => _ = planned is null ? null : ClipLimits.Of(planned, settings.ClipNorm, settings.ClipValue));
        if (planned is not { } plan || findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        var task = new TrainingTask
        {
            Names = names,
            Subject = subject,
            CreateOptimizer = optimizer.Create,
            HasEffectiveRate = optimizer.HasEffectiveRate,
            RangeMargin = optimizer.RangeMargin,
            HasMomentum = optimizer.UsualMomentum is not null,
            Rate = known,
            FirstRate = optimizer.UsualRate,
            Batch = settings.BatchSize,
            Rewrite = settings.Rewrite,
            Plan = plan,
            Groups = settings.Groups,
            IsGuarded = settings.IsGuarded ?? known is RehearsedRate or PolyakRate,
            Rehearsal = RehearsalOf(settings),
            FreeSamples = (known as RehearsedRate)?.FreeSamples ?? settings.Rehearsal?.FreeSamples,
            ClipNorm = settings.ClipNorm,
            ClipValue = settings.ClipValue,
            MicroBatch = settings.MicroBatch,
            GhostBatch = settings.GhostBatch,
            SyncBatchNorm = settings.SyncBatchNorm,
            MeasureNoise = settings.MeasureNoise ?? (settings.BatchSize is GrowingBatch ? TrainerSettings.UsualMeasureNoise : null),
            Best = WatchedLimits.BestOf(settings, subject),
            StopEarly = settings.StopEarly,
            Seed = settings.Seed,
            Device = settings.Device ?? CPU,
            Peers = settings.Peers,
            Threads = settings.Threads ?? Engine.Threads,
            MemoryFormat = settings.MemoryFormat ?? MemoryFormat.Contiguous,
        };
        task = task.Rewritten();
        _ = task.BuildController();
        return task;
    }

    // The run folder is claimed only after all else has been looked at: what is refused leaves none behind.
    private static Finding? FolderFinding(string folder) =>
        string.IsNullOrWhiteSpace(folder) ? new Finding(
            nameof(TrainerSettings.Folder), folder, "which is no name", "write one, for instance runs/first, or leave it out")
        : Path.Exists(folder) ? new Finding(
            nameof(TrainerSettings.Folder),
            folder,
            "but that exists already, and each run needs a folder of its own",
            "choose another name, or remove it")
        : null;

    private static void Gather(List<Finding> findings, Action check)
    {
        try
        {
            check();
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }
    }

    private static RehearsalSettings RehearsalOf(TrainerSettings settings)
    {
        var optimizer = settings.Optimizer;
        var how = settings.Rehearsal ?? new RehearsalSettings
        {
            BatchLean = optimizer.GrowsWithGradient ? RehearsalSettings.SgdBatchLean : RehearsalSettings.AdaptiveBatchLean,
            HorizonLean = optimizer.HorizonLean,
        };
        return how with { UsualRate = how.UsualRate ?? optimizer.UsualRate };
    }

    /// <summary>The range test of a training.</summary>
    /// <param name="task">The training.</param>
    /// <param name="usual">The optimizer's usual rate.</param>
    /// <param name="test">The rates; null for those around the usual one.</param>
    /// <exception cref="InvalidInputException">There are fewer samples than a batch has.</exception>
    internal static Sweep SweepOf(TrainingTask task, double usual, RangeTest? test = null)
    {
        var (samples, batch) = (task.Subject.TrainCount, task.Plan.At(0).BatchSize);
        test ??= new RangeTest(
            UsualSweep.StartShare * usual, UsualSweep.EndShare * usual, UsualSweep.Updates((double)samples / batch));
        var heldOut = task.Subject.MeasuresAccuracy && samples >= 2 ? UsualSweep.HeldOut(samples) : 0;
        return samples - heldOut >= batch
            ? new Sweep(test, heldOut, heldOut == 0 ? 0 : UsualSweep.AccuracyEvery(test.Updates))
            : throw new InvalidInputException(new Finding(
                nameof(TrainerSettings.BatchSize),
                batch,
                $"but there are {samples} training samples, of which the range test holds out {heldOut} to measure the accuracy",
                $"write at most {samples - heldOut}"));
    }

    /// <summary>The type of a network's numbers.</summary>
    /// <exception cref="InvalidInputException">It is neither Float32 nor Float64.</exception>
    internal static ScalarType TypeOf(Module network)
    {
        var numbers = network.parameters().Where(parameter => parameter.is_floating_point());
        var types = numbers.Select(parameter => parameter.dtype).Distinct().ToList();
        return types switch
        {
            [] => ScalarType.Float32,
            [ScalarType.Float32 or ScalarType.Float64] => types[0],
            _ => throw new InvalidInputException(new Finding(
                nameof(network),
                network.GetName(),
                $"which has parameters of the type {string.Join(" and ", types)}",
                "convert all of them to Float32 or Float64 by network.to(...)")),
        };
    }
}
