using System.Globalization;
using Rubato.Control.Text;
using Rubato.Plans.Text;
using Rubato.Torch.Networks;

namespace Rubato.Training.Setup;

/// <summary>The plan that settings ask for, as text.</summary>
public static class PlanTextsOf
{
    /// <summary>The word for the optimizer's usual rate for the network.</summary>
    internal const string Usual = "usual";

    private const double UsualEpochs = 5;
    private const double UsualWarmup = 0.05;

    /// <summary>
    /// The texts of a run's plan, for <see cref="PlanText.Parse"/>. What the settings leave open takes the usual value of the optimizer and
    /// the network that they name.
    /// </summary>
    /// <param name="settings">What is asked for; without findings of <see cref="TrainSettingsValidator"/>.</param>
    /// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
    /// <returns>The texts.</returns>
    /// <exception cref="InvalidInputException">The network or the optimizer cannot be read, or a controller decides the learning rate.</exception>
    public static PlanTexts Run(TrainSettings settings, long? samplesPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (ControllerOf(settings) is { } controller)
        {
            throw new InvalidInputException(
                $"--lr is '{controller}': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.");
        }

        return Of(Resolve(settings, OptimizerSettings.From(settings), NetworkCatalog.Parse(settings.Network)), samplesPerEpoch);
    }

    /// <summary>Whether settings leave the learning rate to a rehearsal, so that their plan holds shares of the rate to be found.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <returns>Whether they do.</returns>
    public static bool FindsRate(TrainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return AutoRate.Is(settings.LearningRate ?? AutoRate.Word);
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
            Momentum = settings.Momentum ?? (optimizer.Kind.UsualMomentum is { } momentum ? TextOf(momentum) : null),
            WeightDecay = settings.WeightDecay ?? TextOf(optimizer.UsualWeightDecay(design)),
        };
    }

    /// <summary>
    /// The texts of settings in which rate and weight decay are filled in. A rate that is still to be found stands as its shape, to be scaled.
    /// </summary>
    internal static PlanTexts Of(TrainSettings settings, long? samplesPerEpoch) => new()
    {
        // In parentheses a number is a schedule, and no peak.
        LearningRate = AutoRate.Is(settings.LearningRate) ? $"({AutoRate.Shape(settings.LearningRate!, settings.Warmup)})"
            : ControllerOf(settings) is { } controller ? $"({controller.PlanRate})"
            : settings.LearningRate ?? throw new ArgumentException("The learning rate is still open.", nameof(settings)),
        Warmup = AutoRate.IsPlain(settings.LearningRate) ? null : settings.Warmup,
        BatchSize = settings.Batch,
        // An optimizer without momentum is given 0, which it does not use.
        Momentum = settings.Momentum ?? "0",
        WeightDecay = settings.WeightDecay ?? throw new ArgumentException("The weight decay is still open.", nameof(settings)),
        Length = settings.Length ?? $"{TextOf(settings.Epochs ?? UsualEpochs)}ep",
        SamplesPerEpoch = samplesPerEpoch,
        Tail = settings.Tail,
        Groups = settings.Groups,
    };

    private static string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
