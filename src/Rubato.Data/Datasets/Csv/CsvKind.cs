using System.Collections.Immutable;
using Rubato.Data.Datasets.Memory;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// <c>csv:FILE</c>: a table with a header, numeric features and one label column, of which a share is held out for testing.
/// </summary>
/// <remarks>
/// Classes are the different labels: sorted as numbers where all are numbers, else by ordinal comparison. Each class gives
/// <c>round(HeldOut * n)</c> of its n rows, drawn by the seed, to the test split, but always keeps one for training. Features are
/// normalised with the statistics of the training rows.
/// </remarks>
internal sealed class CsvKind : DatasetKind
{
    public override string Name => "csv";

    public override string Usage => "csv:FILE";

    public override string Summary => "a table of numbers with a header and a label column; a share is held out for testing";

    internal override bool TakesLabel => true;

    internal override Dataset Load(DatasetSpecification specification, DatasetOptions options)
    {
        var path = specification.RequirePath(Usage);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(Directory.Exists(path)
                ? $"{path} is a folder; {Usage} needs a file."
                : $"The file {path} does not exist; name a table with a header.");
        }

        return Load(specification.Text, InputFile.OnDisk(path), options);
    }

    internal static Dataset Load(string name, InputFile file, DatasetOptions options)
    {
        RequireUsable(name, options);
        var table = CsvTable.Read(file, options.Label);
        var classes = table.Classes.Length;
        var heldOut = HeldOutRows.Draw(table.Labels, classes, options.HeldOut, options.Seed);
        var test = heldOut.Count(held => held);
        if (test == 0)
        {
            throw new InvalidInputException(
                new Finding(
                    nameof(DatasetOptions.HeldOut),
                    options.HeldOut,
                    $"which leaves no row of {file.Name} for testing: it holds {table.Rows} rows in {classes} classes",
                    "raise the share or add rows"));
        }

        var (trainValues, testValues) = TableNormalization.Split(table.Values, table.Features, heldOut);
        ImmutableArray<int> shape = [table.Features];
        return new Dataset(
            name,
            new TableExamples(trainValues, Labels(table.Labels, heldOut, table.Rows - test, forTest: false), classes, shape),
            new TableExamples(testValues, Labels(table.Labels, heldOut, test, forTest: true), classes, shape),
            table.Classes,
            ContentHash.OfTable(table.Rows, table.Features, table.Values, table.Labels));
    }

    private static void RequireUsable(string name, DatasetOptions options)
    {
        var findings = new List<Finding>();
        if (!(options.HeldOut is > 0 and < 1))
        {
            findings.Add(new Finding(nameof(DatasetOptions.HeldOut), options.HeldOut, "it must be above 0 and below 1"));
        }

        if (options.Normalization == Normalization.MeanImage)
        {
            findings.Add(new Finding(
                nameof(DatasetOptions.Normalization),
                options.Normalization,
                $"but the data set '{name}' holds no images, so there is no mean image to subtract",
                "use PerChannel"));
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    private static ushort[] Labels(ushort[] all, bool[] heldOut, int count, bool forTest)
    {
        var labels = new ushort[count];
        var next = 0;
        for (var row = 0; row < all.Length; row++)
        {
            if (heldOut[row] == forTest)
            {
                labels[next++] = all[row];
            }
        }

        return labels;
    }
}
