using System.Collections.Immutable;
using System.Globalization;
using Rubato.Data.Datasets.Memory;
using Rubato.Language;
using Rubato.Numerics;

namespace Rubato.Data.Datasets.Glyphs;

/// <summary>
/// <c>glyphs</c>: ten drawn symbols, 28 x 28, made from a seed. Classes are exactly balanced in each split; example i depends on
/// (seed, split, i) alone, so a larger set begins with the smaller one.
/// </summary>
/// <remarks>The seed belongs to the data set and not to the run, so that runs with different seeds share the task.</remarks>
internal sealed class GlyphsKind : DatasetKind
{
    private const int Most = 1_000_000;
    private static readonly string[] OptionNames = ["seed", "train", "test"];

    public override string Name => "glyphs";

    public override string Usage => "glyphs";

    public override string Summary => "ten drawn symbols, 28x28, built in; also glyphs(seed: 7, train: 20000, test: 2000)";

    internal override Dataset Load(DatasetSpecification specification, DatasetOptions options)
    {
        if (specification.Path is not null)
            throw new InvalidInputException(new Finding($"The data set '{specification.Text}' is built in and takes no path")
            {
                Remedy = "write glyphs or glyphs(seed: 7)",
            });
        var (seed, train, test) = Options(specification);
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

    private static (long Seed, int Train, int Test) Options(DatasetSpecification specification)
    {
        var (seed, train, test) = (0L, 12_000, 2_000);
        var findings = new List<Finding>();
        foreach (var (name, value) in specification.Options)
        {
            var read = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            if (!OptionNames.Contains(name))
            {
                var near = Suggestion.Nearest(name, OptionNames);
                findings.Add(new Finding($"The data set 'glyphs' has no option '{name}'")
                {
                    Remedy = $"{(near is null ? "it has" : $"did you mean '{near}'? It has")} seed, train and test",
                });
            }
            else if (!read)
            {
                findings.Add($"The option {name} of the data set 'glyphs' is '{value}'; it must be a whole number.");
            }
            else if (name == "seed")
            {
                seed = number;
            }
            else if (number is < 10 or > Most)
            {
                findings.Add($"The option {name} of the data set 'glyphs' is {value}; it must be at least 10 and at most {Most}.");
            }
            else if (name == "train")
            {
                train = (int)number;
            }
            else
            {
                test = (int)number;
            }
        }

        return findings.Count == 0 ? (seed, train, test) : throw new InvalidInputException(findings);
    }
}
