using System.Collections.Immutable;
using System.Numerics;

namespace Rubato.Data.Datasets.Memory;

/// <summary>Images kept as the bytes they came in, row-major [channels, height, width], normalised when read.</summary>
internal sealed class ImageExamples : Examples
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly ImageNormalization _normalization;

    internal ImageExamples(byte[] pixels, byte[] labels, int classes, ImmutableArray<int> shape, ImageNormalization normalization)
        : base(labels.Length, classes, shape)
    {
        _pixels = pixels;
        _labels = labels;
        _normalization = normalization;
    }

    private protected override int Label(int index) => _labels[index];

    private protected override void ReadOne(int index, Span<float> destination)
    {
        var source = _pixels.AsSpan((int)((long)index * ExampleLength), ExampleLength);
        if (_normalization.MeanImage is { } mean)
        {
            SubtractMean(source, mean, destination);
            return;
        }

        var plane = ExampleLength / Shape[0];
        for (var channel = 0; channel < Shape[0]; channel++)
        {
            MultiplyAdd(
                source.Slice(channel * plane, plane),
                _normalization.Scale[channel],
                _normalization.Shift[channel],
                destination.Slice(channel * plane, plane));
        }
    }

    // A fused multiply-add in both the vector and the tail, so that the result does not depend on the machine's vector width.
    private static void MultiplyAdd(ReadOnlySpan<byte> source, float scale, float shift, Span<float> destination)
    {
        var scales = new Vector<float>(scale);
        var shifts = new Vector<float>(shift);
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var target = destination.Slice(i, Vector<byte>.Count);
            Vector.FusedMultiplyAdd(ToSingle(first), scales, shifts).CopyTo(target);
            Vector.FusedMultiplyAdd(ToSingle(second), scales, shifts).CopyTo(target[width..]);
            Vector.FusedMultiplyAdd(ToSingle(third), scales, shifts).CopyTo(target[(2 * width)..]);
            Vector.FusedMultiplyAdd(ToSingle(fourth), scales, shifts).CopyTo(target[(3 * width)..]);
        }

        for (; i < source.Length; i++)
            destination[i] = MathF.FusedMultiplyAdd(source[i], scale, shift);
    }

    private static void SubtractMean(ReadOnlySpan<byte> source, ReadOnlySpan<float> mean, Span<float> destination)
    {
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var target = destination.Slice(i, Vector<byte>.Count);
            var means = mean.Slice(i, Vector<byte>.Count);
            (ToSingle(first) - new Vector<float>(means)).CopyTo(target);
            (ToSingle(second) - new Vector<float>(means[width..])).CopyTo(target[width..]);
            (ToSingle(third) - new Vector<float>(means[(2 * width)..])).CopyTo(target[(2 * width)..]);
            (ToSingle(fourth) - new Vector<float>(means[(3 * width)..])).CopyTo(target[(3 * width)..]);
        }

        for (; i < source.Length; i++)
            destination[i] = source[i] - mean[i];
    }

    // Through int: the conversion from uint has no single instruction before AVX-512.
    private static Vector<float> ToSingle(Vector<uint> values) => Vector.ConvertToSingle(Vector.AsVectorInt32(values));
}
