using System.Globalization;
using Rubato.Language;
using Rubato.RangeTests;
using Rubato.Torch.Networks;

namespace Rubato.Training.Setup;

/// <summary>The plan that settings ask for, as text.</summary>
public static class PlanTextsOf
{
    /// <summary>The word for the optimizer's usual rate for the network.</summary>
    internal const string Usual = "usual";

    /// <summary>The momentum of a one-cycle run where none is given: against the rate (Smith 2018, arXiv 1803.09820, section 4.3), in the bounds of fastai and PyTorch.</summary>
    internal const string OneCycleMomentum = "one-cycle-momentum(0.85..0.95)";

    /// <summary>The middle of <see cref="OneCycleMomentum"/>.</summary>
    internal const double OneCycleMomentumMiddle = 0.9;

    private const double UsualEpochs = 5;
    private const double UsualWarmup = 0.05;

    /// <summary>
    /// The texts of a run's plan, for <see cref="PlanText.Parse"/>. What the settings leave open takes the usual value of the optimizer and
    /// the network that they name.
    /// </summary>
    /// <param name="settings">What is asked for; without findings of <see cref="TrainSettingsValidator"/>.</param>
    /// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
    /// <returns>The texts.</returns>
    /// <exception cref="InvalidInputException">The network or the optimizer cannot be read, or a controller decides the learning rate or the batch.</exception>
    public static PlanTexts Run(TrainSettings settings, long? samplesPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (ControllerOf(settings) is { } controller)
        {
            throw new InvalidInputException(
                $"--lr is '{controller}': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.");
        }

        if (AdaptiveBatchOf.Choice(settings) is { } batch)
        {
            throw new InvalidInputException(
                $"--batch is '{batch}': the batch is decided while training goes on, and no plan knows it before; write a size or a schedule, for instance --batch {batch.FirstBatch}.");
        }

        var resolved = Resolve(settings, OptimizerSettings.From(settings), NetworkCatalog.Parse(settings.Network));
        if (FoundRange.Is(resolved.LearningRate) && FoundRange.Parse(resolved.LearningRate!) is { NeedsEpochs: true } range && EpochsOf(resolved, samplesPerEpoch) is null)
        {
            throw new InvalidInputException(
                $"--lr is '{range.Text}' and --length is '{resolved.Length}', but the size of the training set is not known, which the number of cycles depends on; "
                + "add --data-size N or --data SET, or write the number, for instance --lr \"clr(triangular2, cycles 3)\".");
        }

        return Of(resolved, samplesPerEpoch);
    }

    /// <summary>Whether settings leave the learning rate to a rehearsal, so that their plan holds shares of the rate to be found.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <returns>Whether they do.</returns>
    public static bool FindsRate(TrainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return AutoRate.Is(settings.LearningRate ?? AutoRate.Word);
    }

    /// <summary>Whether settings leave the bounds of the learning rate to a range test, so that their plan holds shares of the maximum to be found.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <returns>Whether they do.</returns>
    public static bool FindsRange(TrainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FoundRange.Is(settings.LearningRate);
    }

    /// <summary>Whether settings name stochastic gradient descent, which the theory of the noise scale is about.</summary>
    /// <param name="settings">What is asked for; without findings of <see cref="TrainSettingsValidator"/>.</param>
    /// <returns>Whether they do.</returns>
    /// <exception cref="InvalidInputException">The optimizer cannot be read.</exception>
    public static bool IsOfSgd(TrainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OptimizerSettings.From(settings).IsSgd;
    }

    /// <summary>The controller that is asked for as the learning rate; null where that is a number, a schedule, to be found, or open.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    internal static ControllerChoice? ControllerOf(TrainSettings settings) =>
        settings.LearningRate is { } rate && ControllerText.IsController(rate) ? ControllerText.Parse(rate, "--lr") : null;

    /// <summary>The settings with all that the plan needs filled in.</summary>
    internal static TrainSettings Resolve(TrainSettings settings, OptimizerSettings optimizer, NetworkDesign design)
    {
        var rate = settings.LearningRate ?? AutoRate.Word;
        rate = rate == Usual ? TextOf(optimizer.UsualRate(design)) : rate;
        return settings with
        {
            LearningRate = rate,
            Warmup = AutoRate.IsPlain(rate) ? settings.Warmup ?? AutoRate.UsualWarmup : PlanText.PeakOf(rate) is null ? null : settings.Warmup ?? UsualWarmup,
            Guard = settings.Guard ?? (AutoRate.Is(rate) ? "on" : "off"),
            Epochs = settings.Length is null ? settings.Epochs ?? UsualEpochs : null,
            Momentum = settings.Momentum ?? UsualMomentum(rate, optimizer.Kind.UsualMomentum),
            WeightDecay = settings.WeightDecay ?? TextOf(optimizer.UsualWeightDecay(design)),
            MeasureNoise = settings.MeasureNoise ?? (AdaptiveBatchOf.Choice(settings) is null ? null : AdaptiveBatchOf.UsualMeasureNoise),
        };
    }

    /// <summary>
    /// The texts of settings in which rate and weight decay are filled in. A rate that is still to be found stands as its shape, to be scaled; bounds that are
    /// stand as shares of the maximum.
    /// </summary>
    internal static PlanTexts Of(TrainSettings settings, long? samplesPerEpoch) => new()
    {
        // In parentheses a number is a schedule, and no peak.
        LearningRate = AutoRate.Is(settings.LearningRate) ? $"({AutoRate.Shape(settings.LearningRate!, settings.Warmup)})"
            : FoundRange.Is(settings.LearningRate) ? RangeSchedule(settings, samplesPerEpoch, FoundRange.Shares)
            : ControllerOf(settings) is { } controller ? $"({controller.PlanRate})"
            : settings.LearningRate ?? throw new ArgumentException("The learning rate is still open.", nameof(settings)),
        Warmup = AutoRate.IsPlain(settings.LearningRate) ? null : settings.Warmup,
        BatchSize = AdaptiveBatchOf.Choice(settings) is { } batch ? batch.PlanBatch.ToString() : settings.Batch,
        // An optimizer without momentum is given 0, which it does not use.
        Momentum = settings.Momentum ?? "0",
        WeightDecay = settings.WeightDecay ?? throw new ArgumentException("The weight decay is still open.", nameof(settings)),
        Length = LengthOf(settings),
        SamplesPerEpoch = samplesPerEpoch,
        Tail = settings.Tail,
        Groups = settings.Groups,
    };

    /// <summary>The schedule between bounds that were found, as text.</summary>
    /// <param name="settings">Settings in which the weight decay is filled in, and whose rate asks for bounds.</param>
    /// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
    /// <param name="range">The bounds.</param>
    internal static string RangeSchedule(TrainSettings settings, long? samplesPerEpoch, RateRange range) =>
        FoundRange.Parse(settings.LearningRate!).Schedule(range, DurationOf(settings), EpochsOf(settings, samplesPerEpoch));

    // The length of the run; null where that takes the size of the training set, and it is not known.
    private static double? EpochsOf(TrainSettings settings, long? samplesPerEpoch)
    {
        var length = DurationOf(settings);
        return length.Unit == TimeUnit.Epochs ? length.Value
            : samplesPerEpoch is not { } size || length.IsRest ? null
            : (double)new TrainingPlan(PlanText.Parse(Of(settings with { LearningRate = "(1)" }, size))).Samples / size;
    }

    // A length that cannot be read is found by whoever reads the plan.
    private static Duration DurationOf(TrainSettings settings)
    {
        try
        {
            return Duration.Parse(LengthOf(settings));
        }
        catch (InvalidInputException)
        {
            return Duration.Rest;
        }
    }

    private static string LengthOf(TrainSettings settings) => settings.Length ?? $"{TextOf(settings.Epochs ?? UsualEpochs)}ep";

    private static string? UsualMomentum(string rate, double? usual) =>
        usual is not { } momentum ? null
        : momentum > 0 && FoundRange.Is(rate) && FoundRange.Parse(rate).IsOneCycle ? OneCycleMomentum
        : TextOf(momentum);

    private static string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
