using Rubato.Cli.Catalog;
using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Data.Datasets;
using Rubato.Torch;
using Rubato.Torch.Networks;
using Rubato.Torch.Objectives;
using Rubato.Torch.Parallel;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Cli.Settings;

/// <summary>Settings turned into the things they name; every choice that was left open is made. Nothing is written yet.</summary>
/// <param name="Settings">The settings with every choice filled in.</param>
/// <param name="Task">The training.</param>
/// <param name="UsualRate">The optimizer's usual rate for the network.</param>
internal sealed record TaskBuilder(TrainSettings Settings, TrainingTask Task, double UsualRate)
{
    /// <summary>Where its run is kept.</summary>
    internal RunTarget Target => new(Settings.Out, Settings.Name, RunNaming.DefaultName(Settings), SettingsText.ToYaml(Settings))
    {
        Saving = new SaveSettings(Settings.SaveEvery, Settings.Keep),
        Resumed = Settings.Resume?.Folder,
        Policy = Settings.Resume?.Policy ?? ResumePolicy.Strict,
    };

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <returns>The training and its settings.</returns>
    /// <exception cref="InvalidInputException">
    /// They cannot be used; all findings that can be made without the data at once, then all of the plan that need its size.
    /// </exception>
    internal static TaskBuilder Build(TrainSettings settings) => Build(settings, Alone.Instance);

    /// <summary>The same for several processes.</summary>
    internal static TaskBuilder Build(TrainSettings settings, IPeers peers)
    {
        var findings = TrainSettingsValidator.FindingsIn(settings);
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        var design = NetworkCatalog.Parse(settings.Network);
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
        var threads = settings.Threads ?? ThreadRule.Choose(design.IsConvolutional, CoresOf(peers));
        var built = Build(settings with { Threads = threads, Device = Devices.NameOf(device) }, design, data, augmentation, device, peers);
        return settings.LearningRate is RangeTestedRate
            ? built with { Task = built.Task with { Sweep = SweepBuilder.Build(new FindSettings { Training = settings }, built) } }
            : built;
    }

    /// <summary>The same training with the momentum and the weight decay of other settings, if they say one.</summary>
    internal TaskBuilder Like(TrainSettings other)
    {
        var settings = Settings with
        {
            Momentum = other.Momentum ?? Settings.Momentum,
            WeightDecay = other.WeightDecay ?? Settings.WeightDecay,
        };
        var plan = new TrainingPlan(UsualSettings.PlanFor(settings, Task.Subject.TrainCount));
        return new TaskBuilder(settings, Task with { Plan = plan }, UsualRate);
    }

    private static TaskBuilder Build(
        TrainSettings settings, NetworkDesign design, Dataset data, Augmentation augmentation, Device device, IPeers peers)
    {
        var optimizer = OptimizerSettings.From(settings);
        var resolved = UsualSettings.Resolve(settings, optimizer, design);
        var input = ShapeOf(data.Train);
        var (train, validation) = ValidationSplit.Of(new ExampleSamples(data.Train, augmentation), settings.Validation, settings.Seed);
        var subject = new SupervisedSubject(
            () => Frozen(design.Build(input), settings),
            train,
            new ExampleSamples(data.Test, Augmentation.None),
            settings.Loss == "mse" ? Losses.OneHotSquaredError : Losses.SmoothedCrossEntropy(settings.LabelSmoothing))
        {
            Validation = validation,
        };
        var trainer = UsualSettings.TrainerOf(resolved, optimizer, design) with
        {
            Device = device,
            Peers = peers,
            MemoryFormat = MemoryFormatRule.Choose(design.IsConvolutional, device),
        };
        var names = new TaskNames(settings.Data, settings.Network, settings.Optimizer, data.ContentHash);
        var task = TaskMaker.Build(subject, trainer, resolved.LearningRate!, names) with { Init = settings.Init };
        return new TaskBuilder(resolved, task, optimizer.UsualRate(design));
    }

    // Those of a host are shared by the processes on it.
    private static int CoresOf(IPeers peers) =>
        Math.Max(1, Environment.ProcessorCount / peers.Hosts.Count(host => host == peers.Hosts[peers.Rank]));

    private static Module<Tensor, Tensor> Frozen(Module<Tensor, Tensor> network, TrainSettings settings)
    {
        if (settings.Freeze is { } patterns)
        {
            network.Freeze(patterns.Split(',', StringSplitOptions.TrimEntries));
        }

        if (settings.FreezeLast)
        {
            network.FreezeLast();
        }

        return !settings.NoAffine || network.FreezeAffine() ? network : throw new InvalidInputException(new Finding(
            nameof(settings.NoAffine), null, $"is given, but the network {settings.Network} has no normalization", "leave it out"));
    }

    private static InputShape ShapeOf(Examples examples) => examples.IsImage
        ? new InputShape(examples.Shape[0], examples.Shape[1], examples.Shape[2], examples.Classes)
        : new InputShape(examples.ExampleLength, 1, 1, examples.Classes);

    private static void RequireImages(TrainSettings settings, Augmentation augmentation, Dataset data)
    {
        if (augmentation != Augmentation.None && !data.Train.IsImage)
        {
            throw new InvalidInputException(new Finding(
                "augment", settings.Augment, $"but --data {settings.Data} holds no images", "leave --augment out"));
        }
    }
}
