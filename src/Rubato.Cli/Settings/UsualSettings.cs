using Rubato.Cli.Catalog;
using Rubato.Torch;

namespace Rubato.Cli.Settings;

/// <summary>What settings leave open takes the usual value of the optimizer and the network that they name.</summary>
internal static class UsualSettings
{
    private const double Epochs = 5;

    /// <summary>The plan of a run.</summary>
    /// <param name="settings">What is asked for; without findings of <see cref="TrainSettingsValidator"/>.</param>
    /// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
    /// <returns>The settings of the plan, in shares if the rate or its bounds are to be found.</returns>
    /// <exception cref="InvalidInputException">
    /// The network or the optimizer cannot be read, or a controller decides the learning rate or the batch.
    /// </exception>
    internal static PlanSettings Plan(TrainSettings settings, long? samplesPerEpoch = null)
    {
        if (settings.LearningRate is AutoWarmupRate or PlateauRate)
        {
            throw new InvalidInputException(new Finding(
                "lr",
                settings.LearningRate,
                "the rate is decided while training goes on, and no plan knows it before",
                "write a rate or a schedule, for instance --lr 0.1"));
        }

        if (settings.Batch is GrowingBatch batch)
        {
            throw new InvalidInputException(new Finding(
                "batch",
                batch,
                "the batch is decided while training goes on, and no plan knows it before",
                $"write a size or a schedule, for instance --batch {batch.First}"));
        }

        var resolved = Resolve(settings, OptimizerSettings.From(settings), NetworkCatalog.Parse(settings.Network));
        if (resolved.LearningRate is RangeTestedRate { NeedsEpochs: true } && Shared(resolved).EpochsFor(samplesPerEpoch) is null)
        {
            throw new InvalidInputException(new Finding(
                "lr",
                resolved.LearningRate,
                $"and --length is '{resolved.Length}', but the size of the training set is not known, "
                    + "which the number of cycles depends on",
                "add --data-size N or --data SET, or write the number, for instance --lr \"clr(triangular2, cycles 3)\""));
        }

        return PlanFor(resolved, samplesPerEpoch);
    }

    /// <summary>The settings with all that the plan needs filled in.</summary>
    internal static TrainSettings Resolve(TrainSettings settings, OptimizerSettings optimizer, NetworkDesign design)
    {
        var rate = settings.LearningRate ?? Rate.Rehearsed();
        rate = rate is UsualRate ? optimizer.UsualRate(design) : rate;
        return settings with
        {
            LearningRate = rate,
            Warmup = rate.UsualWarmup is null ? null : settings.Warmup ?? rate.UsualWarmup,
            Guard = settings.Guard ?? rate is RehearsedRate or PolyakRate,
            Epochs = settings.Length is null ? settings.Epochs ?? Epochs : null,
            Momentum = settings.Momentum ?? optimizer.Kind.Choice.MomentumUnder(rate),
            WeightDecay = settings.WeightDecay ?? optimizer.UsualWeightDecay(design),
            Best = BestOf(settings),
            MeasureNoise = settings.MeasureNoise ?? (settings.Batch is GrowingBatch ? TrainerSettings.UsualMeasureNoise : null),
        };
    }

    /// <summary>What the best epoch is chosen by; null if none is kept.</summary>
    internal static Watched? BestOf(TrainSettings settings) => settings.Best
        ?? (settings.StopEarly is null ? null : settings.Validation is null ? Watched.TestLoss : Watched.ValidationLoss);

    /// <summary>The plan of settings in which rate and weight decay are filled in.</summary>
    internal static PlanSettings PlanFor(TrainSettings settings, long? samplesPerEpoch)
    {
        var rate = settings.LearningRate ?? throw new ArgumentException("The learning rate is still open.", nameof(settings));
        return Shared(settings).PlanFor(rate, samplesPerEpoch);
    }

    /// <summary>The settings of a trainer, in which optimizer and network are those that are named.</summary>
    internal static TrainerSettings TrainerOf(TrainSettings settings, OptimizerSettings optimizer, NetworkDesign design) =>
        Shared(settings) with
        {
            Optimizer = optimizer.Kind.Choice with
            {
                UsualRate = optimizer.UsualRate(design),
                UsualWeightDecay = optimizer.UsualWeightDecay(design),
                Create = optimizer.Create,
            },
        };

    private static TrainerSettings Shared(TrainSettings settings) => new()
    {
        Length = LengthOf(settings),
        BatchSize = settings.Batch,

        // What is usual is filled in: a momentum that is still null is of an optimizer that has none.
        Momentum = settings.Momentum ?? 0,
        WeightDecay = settings.WeightDecay ?? throw new ArgumentException("The weight decay is still open.", nameof(settings)),
        ClipNorm = settings.ClipNorm,
        ClipValue = settings.ClipValue,
        Groups = settings.Groups,
        Rewrite = settings.Rewrite,
        Warmup = settings.Warmup,
        Tail = settings.Tail,
        IsGuarded = settings.Guard,
        MicroBatch = settings.MicroBatch,
        GhostBatch = settings.GhostBatch,
        SyncBatchNorm = settings.SyncBatchNorm,
        MeasureNoise = settings.MeasureNoise,
        Validation = settings.Validation,
        Best = settings.Best,
        StopEarly = settings.StopEarly,
        Seed = settings.Seed,
        Threads = settings.Threads ?? 1,
    };

    private static Duration LengthOf(TrainSettings settings) => settings.Length ?? Duration.Epochs(settings.Epochs ?? Epochs);
}
