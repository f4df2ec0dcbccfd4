using System.Collections.Immutable;
using Rubato.Data.Datasets.Memory;
using Rubato.Language;

namespace Rubato.Data.Datasets.Glyphs;

/// <summary>
/// <c>glyphs</c>: ten drawn symbols, 28 x 28, made from a seed. Classes are exactly balanced in each split; example i depends on
/// (seed, split, i) alone, so a larger set begins with the smaller one.
/// </summary>
/// <remarks>The seed belongs to the data set and not to the run, so that runs with different seeds share the task.</remarks>
internal sealed class GlyphsKind : DatasetKind
{
    private const int Fewest = 10;
    private const int Most = 1_000_000;

    public override string Name => "glyphs";

    public override string Usage => "glyphs";

    public override string Summary => "ten drawn symbols, 28x28, built in; also glyphs(seed 7, train 20000, test 2000)";

    internal override Dataset Load(DatasetSpecification specification, DatasetOptions options)
    {
        if (specification.Path is not null)
        {
            throw new InvalidInputException(new Finding(
                DatasetSpecification.Subject, specification.Text, "which is built in and takes no path", "write glyphs or glyphs(seed 7)"));
        }

        var (seed, train, test) = Options(specification.Options);
        ImmutableArray<int> shape = [1, GlyphRenderer.Side, GlyphRenderer.Side];
        var classes = GlyphShapes.All.Length;
        var trainSplit = Draw(seed, Streams.GlyphTrain, train);
        var testSplit = Draw(seed, Streams.GlyphTest, test);
        var normalization = ImageNormalization.Of(options.Normalization, trainSplit.Pixels, train, channels: 1, GlyphRenderer.Pixels);
        return new Dataset(
            specification.Text,
            new ImageExamples(trainSplit.Pixels, trainSplit.Labels, classes, shape, normalization),
            new ImageExamples(testSplit.Pixels, testSplit.Labels, classes, shape, normalization),
            [.. GlyphShapes.All.Select(glyph => glyph.Name)],
            ContentHash.OfImages(shape, trainSplit, testSplit));
    }

    internal static (byte[] Pixels, byte[] Labels) Draw(long seed, long stream, int count)
    {
        var pixels = new byte[count * GlyphRenderer.Pixels];
        var labels = new byte[count];
        Parallel.For(0, count, index =>
        {
            var label = index % GlyphShapes.All.Length;
            var random = new CounterRandom(seed, stream, index);
            var pose = GlyphPose.Draw(ref random);
            var image = pixels.AsSpan(index * GlyphRenderer.Pixels, GlyphRenderer.Pixels);
            GlyphRenderer.Render(GlyphShapes.All[label], pose, ref random, image);
            labels[index] = (byte)label;
        });
        return (pixels, labels);
    }

    private static (long Seed, int Train, int Test) Options(CallExpression? options)
    {
        const int Train = 12_000;
        const int Test = 2_000;
        if (options is null)
        {
            return (0, Train, Test);
        }

        var seed = options.TakeInteger("seed", 0);
        var train = (int)options.TakeInteger("train", Train, Fewest, Most);
        var test = (int)options.TakeInteger("test", Test, Fewest, Most);
        options.Finish();
        return (seed, train, test);
    }
}
