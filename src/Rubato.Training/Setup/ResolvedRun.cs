using Rubato.Control;
using Rubato.Data;
using Rubato.Language;
using Rubato.RangeTests;
using Rubato.Rewrites;
using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Training.Finding;
using static TorchSharp.torch;

namespace Rubato.Training.Setup;

/// <summary>Settings turned into the things they name; every choice that was left open is made. Nothing is written yet.</summary>
internal sealed record ResolvedRun
{
    /// <summary>The settings with every choice filled in.</summary>
    internal required TrainSettings Settings { get; init; }

    internal required Dataset Data { get; init; }

    internal required Augmentation Augmentation { get; init; }

    internal required NetworkDesign Design { get; init; }

    internal required InputShape Input { get; init; }

    internal required Func<IReadOnlyList<ParameterGroup>, Optimizer> CreateOptimizer { get; init; }

    /// <summary>The optimizer's usual rate for the network.</summary>
    internal required double UsualRate { get; init; }

    internal required Func<Tensor, Tensor, Tensor> Loss { get; init; }

    /// <summary>What is followed; as it was written, and not rewritten yet, while its rates are still to be found.</summary>
    internal required TrainingPlan Plan { get; init; }

    internal required Device Device { get; init; }

    internal required int Threads { get; init; }

    internal required MemoryFormat MemoryFormat { get; init; }

    /// <summary>The controller that decides the learning rate; the plan's own where the plan does.</summary>
    internal required Func<TrainingPlan, Controller> Over { get; init; }

    internal Controller Controller => Settings.Guard == "on"
        ? new GuardedController(Decided, new LossGuard(Plan.CountUpdates()) { StartLoss = StartLoss })
        : Decided;

    private Controller Decided => AdaptiveBatchOf.Around(Settings, Over(Plan), Plan);

    /// <summary>Whether the learning rate is still to be found; the plan holds shares of it until then.</summary>
    internal bool FindsRate => PlanTextsOf.FindsRate(Settings);

    /// <summary>How the bounds of the rate are found, where they are to be found, while the plan holds shares of the maximum; else null.</summary>
    internal ResolvedSweep? Sweep { get; private init; }

    /// <summary>How the rate is found, where it is to be found.</summary>
    internal required RehearsalSettings Rehearsal { get; init; }

    /// <summary>The loss before anything was learned, where it was measured.</summary>
    internal double? StartLoss { get; init; }

    /// <summary>In which form weight decay is run as a growing rate; null where it is not.</summary>
    internal ExponentialRewrite? Exponential => RewriteSequence.Parse(Settings.Rewrite).Exponential;

    /// <summary>Whether any update has weight decay; without it there is nothing to write as growth.</summary>
    internal bool Decays => Plan.EnumerateUpdates().Any(update =>
        update.HyperParameters.WeightDecay > 0
        || Plan.Settings.Groups.Any(group => Plan.At(update.Start, group.Name).WeightDecay > 0));

    /// <summary>How weights grow in that form.</summary>
    internal ExponentialGrowth? Growth => Exponential is not { } form ? null : new ExponentialGrowth
    {
        IsPhased = form.Form != ExponentialForm.AnySchedule,
        IsCorrected = form.IsCorrected,
    };

    /// <summary>Whether an update of the optimizer is the rate times a sum of gradients, so that the rate over the squared length of the weights says how far it turns them.</summary>
    internal bool HasEffectiveRate => OptimizerCatalog.Parse(Settings.Optimizer).Kind is var kind && (kind == Sgd.Usual || kind == Sgd.Nesterov);

    /// <summary>The budget in epochs.</summary>
    internal double Epochs => (double)Plan.Samples / Data.Train.Count;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidInputException">
    /// They cannot be used; all findings that can be made without the data at once, then all of the plan that need its size.
    /// </exception>
    internal static ResolvedRun From(TrainSettings settings)
    {
        var findings = TrainSettingsValidator.FindingsIn(settings);
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        var design = NetworkCatalog.Parse(settings.Network);
        var optimizer = OptimizerSettings.From(settings);
        var augmentation = Augmentation.Parse(settings.Augment);
        var device = Devices.Parse(settings.Device);
        var data = DatasetCatalog.Load(settings.Data, new DatasetOptions
        {
            Seed = settings.Seed,
            TrainSamples = settings.TrainSamples,
            Normalization = design.WantsRawPixels ? Normalization.MeanImage : Normalization.PerChannel,
            Label = settings.Label,
            HeldOut = settings.HeldOut,
        });
        RequireImages(settings, augmentation, data);
        var threads = settings.Threads ?? ThreadRule.Choose(design.IsConvolutional, Environment.ProcessorCount);
        var resolved = PlanTextsOf.Resolve(settings, optimizer, design) with { Threads = threads, Device = Devices.NameOf(device) };
        var written = new TrainingPlan(PlanText.Parse(PlanTextsOf.Of(resolved, data.Train.Count)));

        // A rewrite that finds no room in shares of a rate finds none in the rates, and nothing is to be found first in vain.
        var isOfShares = PlanTextsOf.FindsRate(resolved) || FoundRange.Is(settings.LearningRate);
        var isDecidedLater = isOfShares || PlanTextsOf.ControllerOf(settings) is not null;
        var rewritten = isDecidedLater ? RewritesOf.ApplyToShares(resolved, written) : RewritesOf.Apply(resolved, written);
        var run = new ResolvedRun
        {
            Settings = resolved,
            Data = data,
            Augmentation = augmentation,
            Design = design,
            Input = ShapeOf(data.Train),
            CreateOptimizer = optimizer.Create,
            UsualRate = optimizer.UsualRate(design),
            Rehearsal = new RehearsalSettings
            {
                UsualRate = optimizer.UsualRate(design),
                BatchLean = optimizer.IsSgd ? RehearsalSettings.SgdBatchLean : RehearsalSettings.AdaptiveBatchLean,
            },
            Loss = settings.Loss == "mse" ? Losses.MeanSquaredError : Losses.SmoothedCrossEntropy(settings.LabelSmoothing),
            Plan = isOfShares ? written : rewritten,
            Over = PlanTextsOf.ControllerOf(settings) is { } controller ? controller.Over : plan => new PlanController(plan),
            Device = device,
            Threads = threads,
            MemoryFormat = MemoryFormatRule.Choose(design, device),
        };
        run.RequireController();
        return FoundRange.Is(settings.LearningRate) ? run with { Sweep = ResolvedSweep.From(new FindSettings { Training = settings }, run) } : run;
    }

    /// <summary>The same training with the momentum and the weight decay of other settings, where they say one.</summary>
    internal ResolvedRun Like(TrainSettings other)
    {
        var settings = Settings with { Momentum = other.Momentum ?? Settings.Momentum, WeightDecay = other.WeightDecay ?? Settings.WeightDecay };
        return this with { Settings = settings, Plan = new TrainingPlan(PlanText.Parse(PlanTextsOf.Of(settings, Data.Train.Count))) };
    }

    /// <summary>The run of the same plan with weight decay, where this one is in exponential form.</summary>
    internal ResolvedRun WithWeightDecay() =>
        this with { Settings = Settings with { Rewrite = $"{RewriteSequence.Parse(Settings.Rewrite) with { Exponential = null }}" } };

    /// <summary>The run between bounds that were found.</summary>
    /// <returns>The run, and its learning rate as text.</returns>
    internal (ResolvedRun Run, string Schedule) With(RateRange range)
    {
        var schedule = PlanTextsOf.RangeSchedule(Settings, Data.Train.Count, range);
        var texts = PlanTextsOf.Of(Settings with { LearningRate = schedule }, Data.Train.Count);
        return (this with { Plan = RewritesOf.Apply(Settings, new TrainingPlan(PlanText.Parse(texts))) }, schedule);
    }

    /// <summary>The run with a rate that was found, on what the probing has left of its budget. The ratios of parameter groups stand.</summary>
    internal ResolvedRun With(RehearsalResult found)
    {
        var plan = Plan.Settings;
        return this with
        {
            Plan = RewritesOf.Apply(Settings, new TrainingPlan(plan with
            {
                LearningRate = plan.LearningRate.Scale(found.PeakRate),
                Groups = [.. plan.Groups.Select(group => group with { LearningRate = group.LearningRate?.Scale(found.PeakRate) })],
                Length = Duration.Samples(Math.Max(Plan.Samples - found.Samples, 1)),
            })),
            StartLoss = double.IsFinite(found.StartLoss) ? found.StartLoss : null,
        };
    }

    private void RequireController()
    {
        Controller controller;
        try
        {
            controller = Over(Plan);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => $"--lr is '{Settings.LearningRate}': {finding}")], exception);
        }

        _ = AdaptiveBatchOf.Around(Settings, controller, Plan);
    }

    private static InputShape ShapeOf(Examples examples) => examples.IsImage
        ? new InputShape(examples.Shape[0], examples.Shape[1], examples.Shape[2], examples.Classes)
        : new InputShape(examples.ExampleLength, 1, 1, examples.Classes);

    private static void RequireImages(TrainSettings settings, Augmentation augmentation, Dataset data)
    {
        if (augmentation != Augmentation.None && !data.Train.IsImage)
        {
            throw new InvalidInputException($"--augment is '{settings.Augment}', but --data {settings.Data} holds no images; leave --augment out.");
        }
    }
}
