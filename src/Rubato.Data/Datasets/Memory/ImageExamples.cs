using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

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
        destination = destination[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var scales = new Vector<float>(scale);
        var shifts = new Vector<float>(shift);
        var width = (nuint)Vector<float>.Count;
        nuint i = 0;
        for (; i + (nuint)Vector<byte>.Count <= (nuint)source.Length; i += (nuint)Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, i), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Vector.FusedMultiplyAdd(ToSingle(first), scales, shifts).StoreUnsafe(ref to, i);
            Vector.FusedMultiplyAdd(ToSingle(second), scales, shifts).StoreUnsafe(ref to, i + width);
            Vector.FusedMultiplyAdd(ToSingle(third), scales, shifts).StoreUnsafe(ref to, i + (2 * width));
            Vector.FusedMultiplyAdd(ToSingle(fourth), scales, shifts).StoreUnsafe(ref to, i + (3 * width));
        }

        for (var rest = (int)i; rest < source.Length; rest++)
        {
            destination[rest] = MathF.FusedMultiplyAdd(source[rest], scale, shift);
        }
    }

    private static void SubtractMean(ReadOnlySpan<byte> source, ReadOnlySpan<float> mean, Span<float> destination)
    {
        destination = destination[..source.Length];
        mean = mean[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var means = ref MemoryMarshal.GetReference(mean);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var width = (nuint)Vector<float>.Count;
        nuint i = 0;
        for (; i + (nuint)Vector<byte>.Count <= (nuint)source.Length; i += (nuint)Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, i), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            (ToSingle(first) - Vector.LoadUnsafe(ref means, i)).StoreUnsafe(ref to, i);
            (ToSingle(second) - Vector.LoadUnsafe(ref means, i + width)).StoreUnsafe(ref to, i + width);
            (ToSingle(third) - Vector.LoadUnsafe(ref means, i + (2 * width))).StoreUnsafe(ref to, i + (2 * width));
            (ToSingle(fourth) - Vector.LoadUnsafe(ref means, i + (3 * width))).StoreUnsafe(ref to, i + (3 * width));
        }

        for (var rest = (int)i; rest < source.Length; rest++)
        {
            destination[rest] = source[rest] - mean[rest];
        }
    }

    // Through int: the conversion from uint has no single instruction before AVX-512.
    private static Vector<float> ToSingle(Vector<uint> values) => Vector.ConvertToSingle(Vector.AsVectorInt32(values));
}
