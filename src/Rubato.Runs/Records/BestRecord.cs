using System.Collections.ObjectModel;
using System.Globalization;

namespace Rubato.Runs.Records;

/// <summary>The epoch whose weights are kept as the best ones, in <c>summary.json</c>.</summary>
/// <remarks>Immutable. A number that was not measured is NaN, and <c>null</c> in the file.</remarks>
public sealed record BestRecord
{
    /// <summary>What is watched; in the file its text, such as <c>validation-loss</c>.</summary>
    public required Watched Watched { get; init; }

    /// <summary>Its value: the best of all epochs.</summary>
    public required double Value { get; init; }

    /// <summary>Finished epochs; a fraction at the end of a run within one.</summary>
    public required double Epoch { get; init; }

    /// <summary>Applied updates.</summary>
    public required long Updates { get; init; }

    /// <summary>Training samples seen.</summary>
    public required long Samples { get; init; }

    /// <summary>Mean loss over the test set at this epoch.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test set that is right at this epoch, 0..1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Mean loss over the validation samples at this epoch.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Share of the validation samples that is right at this epoch, 0..1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>The file of the weights in the run folder; null if nothing is written.</summary>
    public string? File { get; init; }

    /// <summary>What a file of the weights says of them: what is watched, its value, epoch, updates and samples.</summary>
    /// <returns>Texts by their names in <c>summary.json</c>.</returns>
    internal IReadOnlyDictionary<string, string> Metadata() => new ReadOnlyDictionary<string, string>(
        new OrderedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["watched"] = Watched.Text(),
            ["value"] = Value.ToString("R", CultureInfo.InvariantCulture),
            ["epoch"] = Epoch.ToString("R", CultureInfo.InvariantCulture),
            ["updates"] = Updates.ToString(CultureInfo.InvariantCulture),
            ["samples"] = Samples.ToString(CultureInfo.InvariantCulture),
        });
}
