using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>What must hold of metrics and of what they return.</summary>
internal static class MetricRules
{
    private const string Setting = "Metrics";

    // They would break the header of epochs.csv.
    private static readonly char[] Separators = [',', '"', '\r', '\n'];

    /// <summary>What is wrong with the metrics of a trainer before anything is measured.</summary>
    /// <param name="names">Their names; null for a metric or a name that is not there.</param>
    /// <param name="heldOut">How many samples are held out.</param>
    internal static IEnumerable<Finding> Findings(IReadOnlyList<string?> names, int heldOut)
    {
        if (names.Count > 0 && heldOut == 0)
        {
            yield return new Finding(
                Setting,
                string.Join(", ", names),
                "but no samples are held out, and metrics are measured on those alone",
                "give the trainer held-out samples, or leave the metrics out");
        }

        if (names.Any(string.IsNullOrWhiteSpace))
        {
            yield return new Finding(Setting, null, "has a metric without a name", "give each a name, such as 'mae'");
        }

        foreach (var name in names.OfType<string>().Where(name => name.IndexOfAny(Separators) >= 0).Distinct(StringComparer.Ordinal))
        {
            yield return new Finding(
                Setting,
                string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)),
                "but a name heads a column of epochs.csv, and must not hold a comma, a quotation mark or a line break",
                "choose another name");
        }

        foreach (var (name, count) in names.OfType<string>().CountBy(name => name, StringComparer.Ordinal))
        {
            if (count > 1 && !string.IsNullOrWhiteSpace(name))
            {
                yield return new Finding(Setting, name, $"which names {count} metrics", "give each a name of its own");
            }
        }
    }

    /// <summary>The number that a metric returned.</summary>
    /// <exception cref="InvalidInputException">It returned no tensor of one real number.</exception>
    internal static double Value(string name, Tensor? result) =>
        result is null ? throw Refusal(name, "nothing")
        : result.numel() != 1 ? throw Refusal(name, $"a tensor of the shape ({string.Join(", ", result.shape)})")
        : result.is_complex() ? throw Refusal(name, "a complex number")
        : result.to(ScalarType.Float64).item<double>();

    private static InvalidInputException Refusal(string name, string returned) => new(new Finding(
        Setting,
        name,
        $"which returned {returned}",
        "return the mean over the batch, a real tensor of one number, for instance by mean()"));
}
