using System.Collections.Immutable;

namespace Rubato.Data.Datasets.Memory;

/// <summary>Rows of a table, kept normalised: reading is copying.</summary>
internal sealed class TableExamples : Examples
{
    private readonly float[] _values;
    private readonly ushort[] _labels;

    internal TableExamples(float[] values, ushort[] labels, int classes, ImmutableArray<int> shape)
        : base(labels.Length, classes, shape)
    {
        _values = values;
        _labels = labels;
    }

    private protected override int Label(int index) => _labels[index];

    private protected override void ReadOne(int index, Span<float> destination) =>
        _values.AsSpan((int)((long)index * ExampleLength), ExampleLength).CopyTo(destination);
}
