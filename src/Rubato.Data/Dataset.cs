using System.Collections.Immutable;

namespace Rubato.Data;

/// <summary>A data set for classification: a training split and a test split of one shape and one set of classes.</summary>
/// <param name="Name">The specification it was loaded from, e.g. <c>mnist:data/mnist</c>.</param>
/// <param name="Train">The training split; with <see cref="DatasetOptions.TrainSamples"/>, the subset.</param>
/// <param name="Test">The test split.</param>
/// <param name="ClassNames">A name for each class, in the order of the labels.</param>
/// <param name="ContentHash">
/// SHA-256, 64 lower-case hexadecimal digits, over shape, raw values and labels of all that the source holds: of both full splits of
/// images, of a table in the order of its rows. It depends neither on packing (.gz or plain) nor on any option but the label column.
/// </param>
/// <remarks>Immutable and safe for use by several threads. Equality compares the splits by reference.</remarks>
public sealed record Dataset(
    string Name,
    Examples Train,
    Examples Test,
    ImmutableArray<string> ClassNames,
    string ContentHash);
