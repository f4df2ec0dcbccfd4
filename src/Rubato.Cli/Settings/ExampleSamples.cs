using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Torch;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Cli.Settings;

/// <summary>Examples of a data set as samples: inputs (N, C, H, W) or (N, features), and labels (N).</summary>
/// <param name="examples">The examples.</param>
/// <param name="augmentation">What is done to images that are trained on.</param>
internal sealed class ExampleSamples(Examples examples, Augmentation augmentation) : ISamples<SupervisedBatch>, ITargetClasses
{
    public int Count => examples.Count;

    public long[] Classes()
    {
        int[] all = [.. Enumerable.Range(0, examples.Count)];
        var classes = new long[all.Length];
        examples.ReadLabels(all, classes);
        return classes;
    }

    public SupervisedBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw)
    {
        var shape = examples.Shape;
        Span<long> sizes = stackalloc long[shape.Length + 1];
        sizes[0] = indices.Length;
        for (var i = 0; i < shape.Length; i++)
        {
            sizes[i + 1] = shape[i];
        }

        // What is read at once lies in one array.
        if ((long)indices.Length * examples.ExampleLength > Array.MaxLength)
        {
            throw new InvalidInputException(new Finding(
                nameof(TrainSettings.MicroBatch),
                null,
                $"is not given, or is too large: {indices.Length:N0} samples of {examples.ExampleLength:N0} numbers cannot be read at once",
                $"write at most {Array.MaxLength / examples.ExampleLength}"));
        }

        var inputs = empty(sizes);
        var values = MemoryOrder.AsSpan<float>(inputs);
        examples.Read(indices, values);
        if (draw.IsTraining)
        {
            augmentation.Apply(values, shape, draw.Seed, draw.Position);
        }

        var labels = empty([indices.Length], ScalarType.Int64);
        examples.ReadLabels(indices, MemoryOrder.AsSpan<long>(labels));
        return new SupervisedBatch(inputs, labels);
    }
}
