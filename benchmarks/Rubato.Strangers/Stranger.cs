using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A network and what it is trained for.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Build">Makes it, with weights drawn from the engine's random state.</param>
/// <param name="Train">Training samples.</param>
/// <param name="Test">Held-out samples.</param>
/// <param name="Loss">Of outputs and targets.</param>
/// <param name="ConstantLoss">The held-out loss of the best constant answer; null if the accuracy is measured instead.</param>
internal sealed record Stranger(
    string Name,
    Func<Module<Tensor, Tensor>> Build,
    ISamples<SupervisedBatch> Train,
    ISamples<SupervisedBatch> Test,
    Func<Tensor, Tensor, Tensor> Loss,
    double? ConstantLoss = null)
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Stranger> All(Digits digits)
    {
        var (train, test) = (Samples.Of(digits.Train, digits.TrainLabels), Samples.Of(digits.Test, digits.TestLabels));
        var (noisyTrain, noisyTest) = (Noisy(digits.Train), Noisy(digits.Test));
        var variance = (digits.Test - digits.Train.mean([0])).square().mean().item<float>();
        return
        [
            new("GRU over rows", () => new RowReader(), train, test, Losses.CrossEntropy),
            new("transformer over patches", () => new PatchTransformer(), train, test, Losses.CrossEntropy),
            new("U-Net against noise", () => new SmallUNet(), noisyTrain, noisyTest, Losses.MeanSquaredError, variance),
            new("separable convolutions", () => new SeparableNet(), train, test, Losses.CrossEntropy),
            new(
                "autoencoder",
                () => new Autoencoder(),
                Samples.Of(digits.Train, digits.Train),
                Samples.Of(digits.Test, digits.Test),
                Losses.MeanSquaredError,
                variance),
        ];
    }

    /// <summary>Two more, with normalizations that a stream or a skip goes by, for the exponential form.</summary>
    internal static IReadOnlyList<Stranger> Normalized(Digits digits)
    {
        var (train, test) = (Samples.Of(digits.Train, digits.TrainLabels), Samples.Of(digits.Test, digits.TestLabels));
        return
        [
            new("transformer that normalizes first", () => new PreNormTransformer(), train, test, Losses.CrossEntropy),
            new("U-Net with normalizations", () => new NormalizedUNet(), Noisy(digits.Train), Noisy(digits.Test), Losses.MeanSquaredError, 1),
        ];
    }

    /// <summary>What is compared: the held-out accuracy in percent, or the held-out loss as a share of the constant answer's.</summary>
    internal double Score(TrainingRun run) => ConstantLoss is { } constant
        ? (run.Loss ?? double.NaN) / constant
        : 100 * (run.Accuracy ?? double.NaN);

    /// <summary>The score of a run that lost its loss.</summary>
    internal double Worst => ConstantLoss is null ? 0 : double.PositiveInfinity;

    // As strong as the digits are: the same noise in every epoch and run.
    private static ISamples<SupervisedBatch> Noisy(Tensor images)
    {
        Engine.Seed(0);
        return Samples.Of(images + randn_like(images), images);
    }
}
