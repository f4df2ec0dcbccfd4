using System.Collections.Immutable;

namespace Rubato.Runs.Rates;

/// <summary>The rates of one run or several, to be seen side by side.</summary>
/// <remarks>Immutable. Two are equal only where they share their runs.</remarks>
public sealed record RateCurves
{
    private RateCurves(ImmutableArray<RateCurve> runs) => Runs = runs;

    /// <summary>Where effective rates are measured, as the end of a sentence.</summary>
    public static string Condition =>
        "it is measured with sgd and nesterov, where the network has weights that only a normalization follows, "
        + "and logs of earlier versions lack it";

    /// <summary>The runs, of different names; at least one of them with an effective rate.</summary>
    public ImmutableArray<RateCurve> Runs { get; }

    /// <summary>Puts runs together.</summary>
    /// <param name="runs">At least one.</param>
    /// <returns>All of them, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    /// <exception cref="InvalidInputException">None of them has an effective rate.</exception>
    public static RateCurves Of(IReadOnlyList<RateCurve> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        return runs.All(run => run.Effective.IsEmpty)
            ? throw new InvalidInputException(new Finding(
                $"{string.Join(" and ", runs.Select(run => $"'{run.Name}'"))} {(runs.Count == 1 ? "has" : "have")} no effective rate")
            {
                Remedy = Condition,
            })
            : new RateCurves([.. runs]);
    }

    /// <summary>Reads the rates of runs.</summary>
    /// <param name="paths">Run folders, or each its <c>steps.jsonl</c>; at least one.</param>
    /// <returns>All of them, in their order; where two folders have the same name, with the paths as names.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    /// <exception cref="InvalidInputException">
    /// As <see cref="RateCurve.Read"/> throws it, with the sentences of all runs; or none of them has an effective rate.
    /// </exception>
    public static RateCurves Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var (runs, findings) = (new List<RateCurve>(), new List<Finding>());
        foreach (var path in paths)
        {
            try
            {
                runs.Add(RateCurve.Read(path));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        var areDistinct = runs.DistinctBy(run => run.Name, StringComparer.Ordinal).Count() == runs.Count;
        return Of(areDistinct ? runs : [.. runs.Zip(paths, (run, path) => run with { Name = path })]);
    }
}
