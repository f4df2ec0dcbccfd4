using System.Collections.Immutable;
using Rubato.Data.Datasets.Cifar;
using Rubato.Data.Datasets.Csv;
using Rubato.Data.Datasets.Glyphs;
using Rubato.Data.Datasets.Idx;
using Rubato.Data.Datasets.Memory;
using Rubato.Language;

namespace Rubato.Data.Datasets;

/// <summary>Every data set that can be named on a command line.</summary>
public static class DatasetCatalog
{
    /// <summary>The kinds, in the order of a help text.</summary>
    public static ImmutableArray<DatasetKind> Kinds { get; } =
    [
        new GlyphsKind(),
        new IdxKind(),
        new CifarKind(CifarFormat.Cifar10),
        new CifarKind(CifarFormat.Cifar100),
        new CsvKind(),
    ];

    /// <summary>Loads a data set into memory.</summary>
    /// <param name="specification">
    /// <c>glyphs</c>, <c>glyphs(seed 7, train 20000, test 2000)</c>, <c>mnist:DIR</c>, <c>cifar10:DIR</c>, <c>cifar100:DIR</c> or
    /// <c>csv:FILE</c>.
    /// </param>
    /// <param name="options">How to prepare it.</param>
    /// <returns>Both splits, normalised when read.</returns>
    /// <exception cref="InvalidInputException">
    /// The specification, an option or a file cannot be used; all findings of the source at once.
    /// </exception>
    public static Dataset Load(string specification, DatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(options);
        var parsed = DatasetSpecification.Parse(specification);
        var kind = Kinds.FirstOrDefault(candidate => candidate.Name == parsed.Kind) ?? throw Unknown(parsed);
        if (options.Label is not null && !kind.TakesLabel)
        {
            throw new InvalidInputException(new Finding(
                nameof(DatasetOptions.Label),
                options.Label,
                $"but only csv:FILE has label columns, and the data set is '{parsed.Text}'",
                "leave it out"));
        }

        if (!Enum.IsDefined(options.Normalization))
        {
            throw new InvalidInputException(new Finding(
                nameof(DatasetOptions.Normalization), (int)options.Normalization, "it must be PerChannel or MeanImage"));
        }

        if (options.TrainSamples is < 1)
        {
            throw new InvalidInputException(new Finding(
                nameof(DatasetOptions.TrainSamples), options.TrainSamples, "it must be at least 1"));
        }

        var dataset = kind.Load(parsed, options);
        return options.TrainSamples is { } samples ? dataset with { Train = Subset(dataset, samples, options.Seed) } : dataset;
    }

    private static SubsetExamples Subset(Dataset dataset, int samples, long seed) =>
        samples <= dataset.Train.Count
            ? SubsetExamples.ClassBalanced(dataset.Train, samples, seed)
            : throw new InvalidInputException(
                new Finding(
                    nameof(DatasetOptions.TrainSamples),
                    samples,
                    $"but the training split of '{dataset.Name}' holds {dataset.Train.Count}",
                    "ask for at most that many"));

    private static InvalidInputException Unknown(DatasetSpecification specification)
    {
        var known = string.Join(", ", Kinds.Select(kind => kind.Usage));
        var near = Suggestion.Nearest(specification.Kind, [.. Kinds.Select(kind => kind.Name)]);
        var remedy = near is null ? "use one of" : $"did you mean '{near}'? Known are";
        return new InvalidInputException(new Finding(
            DatasetSpecification.Subject, specification.Text, "which is of an unknown kind", $"{remedy} {known}"));
    }
}
