using System.Collections.Immutable;
using Rubato.Data.Datasets.Memory;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Cifar;

/// <summary>
/// <c>cifar10:DIR</c> and <c>cifar100:DIR</c>: the published binary files, in DIR itself or in the archive's folder within it.
/// </summary>
/// <remarks>
/// CIFAR-100's classes are the fine labels. A batch file may hold any number of records, so that cut-down copies load too.
/// </remarks>
internal sealed class CifarKind(CifarFormat format) : DatasetKind
{
    public override string Name => format.Name;

    public override string Usage => $"{format.Name}:DIR";

    public override string Summary => $"the binary files of {format.Title} in a folder ({format.Folder})";

    internal override Dataset Load(DatasetSpecification specification, DatasetOptions options)
    {
        var (train, test) = Find(specification.RequirePath(Usage));
        return Load(specification.Text, [.. train.Select(InputFile.OnDisk)], InputFile.OnDisk(test), options.Normalization);
    }

    internal Dataset Load(string name, ImmutableArray<InputFile> trainFiles, InputFile testFile, Normalization normalization)
    {
        var findings = trainFiles
            .Add(testFile)
            .Select(file => CifarFile.LengthFinding(format, file))
            .OfType<string>()
            .Select(Finding.FromString)
            .ToArray();
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        var train = CifarFile.Read(format, trainFiles);
        var test = CifarFile.Read(format, [testFile]);
        ImmutableArray<int> shape = [CifarFormat.Channels, CifarFormat.Side, CifarFormat.Side];
        var statistics = ImageNormalization.Of(
            normalization, train.Pixels, train.Labels.Length, CifarFormat.Channels, CifarFormat.Side * CifarFormat.Side);
        return new Dataset(
            name,
            new ImageExamples(train.Pixels, train.Labels, format.ClassNames.Length, shape, statistics),
            new ImageExamples(test.Pixels, test.Labels, format.ClassNames.Length, shape, statistics),
            format.ClassNames,
            ContentHash.OfImages(shape, train, test));
    }

    private (ImmutableArray<string> Train, string Test) Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException(File.Exists(folder)
                ? $"{folder} is a file; {Usage} needs the folder that holds {format.Folder}."
                : $"The folder {folder} does not exist; name the folder that holds {format.Folder}, or fetch it with "
                    + $"'rubato data get {format.Name} {folder}'");
        }

        var inner = Path.Combine(folder, format.Folder);
        var home = Directory.Exists(inner) ? inner : folder;
        var missing = format.TrainFiles.Add(format.TestFile).Where(file => !File.Exists(Path.Combine(home, file))).ToArray();
        return missing.Length == 0
            ? ([.. format.TrainFiles.Select(file => Path.Combine(home, file))], Path.Combine(home, format.TestFile))
            : throw new InvalidInputException(
                new Finding(
                    home,
                    null,
                    $"holds no {string.Join(", ", missing)}",
                    $"put the binary version of {format.Title} there, or fetch it with 'rubato data get {format.Name} {folder}'"));
    }
}
