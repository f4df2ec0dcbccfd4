using Rubato.Data;
using Rubato.Data.Datasets;
using static TorchSharp.torch;

namespace Rubato.Strangers;

/// <summary>Digits of MNIST as tensors (N, 1, 28, 28), of mean 0 and variance 1 over the whole training set.</summary>
internal sealed record Digits(Tensor Train, Tensor TrainLabels, Tensor Test, Tensor TestLabels)
{
    private const int TrainCount = 8_000;
    private const int TestCount = 2_000;

    internal static Digits Load(string folder)
    {
        var data = DatasetCatalog.Load($"mnist:{folder}", new DatasetOptions { TrainSamples = TrainCount });
        var (train, trainLabels) = Read(data.Train, TrainCount);
        var (test, testLabels) = Read(data.Test, TestCount);
        return new Digits(train, trainLabels, test, testLabels);
    }

    private static (Tensor Images, Tensor Labels) Read(Examples examples, int count)
    {
        int[] indices = [.. Enumerable.Range(0, count)];
        var pixels = new float[count * examples.ExampleLength];
        var labels = new long[count];
        examples.Read(indices, pixels);
        examples.ReadLabels(indices, labels);
        return (tensor(pixels).reshape(count, 1, 28, 28), tensor(labels));
    }
}
