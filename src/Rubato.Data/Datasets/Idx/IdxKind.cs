using System.Collections.Immutable;
using System.Globalization;
using Rubato.Data.Datasets.Memory;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Idx;

/// <summary>
/// <c>mnist:DIR</c>: any set of four IDX files under MNIST's names (MNIST, Fashion-MNIST) or EMNIST's (<c>emnist-NAME-train-...</c>),
/// plain or <c>.gz</c>.
/// </summary>
/// <remarks>
/// The number of classes is the largest training label + 1, so that sets whose labels begin at 1 (EMNIST letters) work unchanged, with
/// an empty class 0. Classes are named by their numbers. Images are taken as they are; EMNIST's are stored transposed.
/// </remarks>
internal sealed class IdxKind : DatasetKind
{
    public override string Name => "mnist";

    public override string Usage => "mnist:DIR";

    public override string Summary => "the four IDX files of MNIST, Fashion-MNIST or EMNIST in a folder, .gz or plain";

    internal override Dataset Load(DatasetSpecification specification, DatasetOptions options)
    {
        var files = IdxFolder.Find(specification.RequirePath(Usage));
        var sources = files.Select(InputFile.OnDisk).ToImmutableArray();
        return Load(specification.Text, sources, options.Normalization);
    }

    /// <summary>Loads train images, train labels, test images and test labels.</summary>
    internal static Dataset Load(string name, ImmutableArray<InputFile> files, Normalization normalization)
    {
        var trainImages = IdxFile.ReadImages(files[0]);
        var trainLabels = IdxFile.ReadLabels(files[1]);
        RequireSameCount(files[0], trainImages.Count, files[1], trainLabels.Length);
        var testImages = IdxFile.ReadImages(files[2]);
        var testLabels = IdxFile.ReadLabels(files[3]);
        RequireSameCount(files[2], testImages.Count, files[3], testLabels.Length);
        if ((testImages.Height, testImages.Width) != (trainImages.Height, trainImages.Width))
        {
            throw new InvalidInputException(
                new Finding($"The images of {files[2].Name} are {testImages.Height} x {testImages.Width}, those of {files[0].Name} are "
                        + $"{trainImages.Height} x {trainImages.Width}")
                {
                    Remedy = "both must belong to one data set",
                });
        }

        var classes = Classes(files[1], trainLabels, files[3], testLabels);
        ImmutableArray<int> shape = [1, trainImages.Height, trainImages.Width];
        var statistics = ImageNormalization.Of(
            normalization, trainImages.Pixels, trainImages.Count, channels: 1, trainImages.Height * trainImages.Width);
        return new Dataset(
            name,
            new ImageExamples(trainImages.Pixels, trainLabels, classes, shape, statistics),
            new ImageExamples(testImages.Pixels, testLabels, classes, shape, statistics),
            [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))],
            ContentHash.OfImages(shape, (trainImages.Pixels, trainLabels), (testImages.Pixels, testLabels)));
    }

    private static int Classes(InputFile trainFile, byte[] train, InputFile testFile, byte[] test)
    {
        var classes = train.Max() + 1;
        if (train.AsSpan().IndexOfAnyExcept(train[0]) < 0)
        {
            throw new InvalidInputException(new Finding($"All labels of {trainFile.Name} are {train[0]}")
            {
                Remedy = "a training set needs at least two classes",
            });
        }

        var stray = test.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        return stray < 0
            ? classes
            : throw new InvalidInputException(
                new Finding(
                    $"Label {stray} (counted from 0) of {testFile.Name} is {test[stray]}, but the training labels go up to {classes - 1}")
                {
                    Remedy = "both files must belong to one data set",
                });
    }

    private static void RequireSameCount(InputFile images, int imageCount, InputFile labels, int labelCount)
    {
        if (imageCount != labelCount)
        {
            throw new InvalidInputException(
                new Finding(
                    images.Name,
                    null,
                    $"holds {imageCount} images but {labels.Name} holds {labelCount} labels",
                    "both must belong to one data set"));
        }
    }
}
