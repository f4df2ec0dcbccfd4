using System.Collections.Immutable;

namespace Rubato.Data.Datasets.Idx;

/// <summary>Finds the four IDX files of a data set in a folder.</summary>
internal static class IdxFolder
{
    // The order in which IdxKind.Load takes them. MNIST's test files are called t10k, EMNIST's test.
    private static readonly ImmutableArray<(string[] Splits, string Ending, string Standard)> Parts =
    [
        (["train"], "images-idx3-ubyte", "train-images-idx3-ubyte"),
        (["train"], "labels-idx1-ubyte", "train-labels-idx1-ubyte"),
        (["t10k", "test"], "images-idx3-ubyte", "t10k-images-idx3-ubyte"),
        (["t10k", "test"], "labels-idx1-ubyte", "t10k-labels-idx1-ubyte"),
    ];

    /// <summary>The paths of train images, train labels, test images and test labels.</summary>
    internal static ImmutableArray<string> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException(Missing(folder));
        }

        var names = Names(folder);
        var findings = new List<Finding>();
        var found = ImmutableArray.CreateBuilder<string>(Parts.Length);
        foreach (var (splits, ending, standard) in Parts)
        {
            var matches = names.Where(name => Matches(name, splits, ending)).ToArray();

            // Both x and x.gz: the plain file, which needs no unpacking, holds the same.
            var distinct = matches.Select(Plain).Distinct(StringComparer.Ordinal).ToArray();
            if (distinct.Length == 1)
            {
                found.Add(Path.Combine(folder, matches[0]));
            }
            else if (distinct.Length == 0)
            {
                findings.Add(new Finding(
                    folder,
                    null,
                    $"holds no {standard} or {standard}.gz",
                    $"put the four IDX files there, or fetch them with 'rubato data get mnist {folder}'"));
            }
            else
            {
                findings.Add(new Finding(folder, null, $"holds {string.Join(" and ", distinct)}", "keep one data set a folder"));
            }
        }

        return findings.Count == 0 ? found.ToImmutable() : throw new InvalidInputException(findings);
    }

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path) ?? "").Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The folder {folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static string Missing(string folder) =>
        File.Exists(folder)
            ? $"{folder} is a file; mnist:DIR needs the folder that holds the four IDX files."
            : $"The folder {folder} does not exist; name the folder that holds the four IDX files, or fetch them with "
                + $"'rubato data get mnist {folder}'";

    private static bool Matches(string name, string[] splits, string ending)
    {
        var plain = Plain(name);
        return Array.Exists(splits, split =>
            plain == $"{split}-{ending}"
            || (plain.StartsWith("emnist-", StringComparison.Ordinal) && plain.EndsWith($"-{split}-{ending}", StringComparison.Ordinal)));
    }

    private static string Plain(string name) => name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
}
