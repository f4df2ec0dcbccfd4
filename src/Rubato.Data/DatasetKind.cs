using Rubato.Data.Datasets;

namespace Rubato.Data;

/// <summary>One way to write a data set, such as <c>mnist:DIR</c>.</summary>
/// <remarks>
/// A new kind is one file with its descendant and one line in <see cref="DatasetCatalog"/>. Immutable and safe for use by several
/// threads.
/// </remarks>
public abstract class DatasetKind
{
    private protected DatasetKind()
    {
    }

    /// <summary>The word before the colon or the parenthesis, e.g. <c>mnist</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How it is written, e.g. <c>mnist:DIR</c>.</summary>
    public abstract string Usage { get; }

    /// <summary>What it is, in one line for a help text.</summary>
    public abstract string Summary { get; }

    /// <summary>Whether <see cref="DatasetOptions.Label"/> has a meaning here.</summary>
    internal virtual bool TakesLabel => false;

    /// <summary>Loads both full splits; the subset of <see cref="DatasetOptions.TrainSamples"/> is not this method's business.</summary>
    internal abstract Dataset Load(DatasetSpecification specification, DatasetOptions options);
}
