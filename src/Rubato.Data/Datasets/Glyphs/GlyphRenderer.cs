using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rubato.Data.Datasets.Glyphs;

/// <summary>
/// Draws a symbol into 28 x 28 bytes by its distance field: a pixel's ink falls from full to none over one pixel about the stroke's
/// edge, which is smooth at every angle and needs no supersampling.
/// </summary>
/// <remarks>
/// The loops are compiled with full optimisation at once: a data set is drawn one time a process, and waiting for the runtime to find
/// them hot costs a third of it.
/// </remarks>
internal static class GlyphRenderer
{
    internal const int Side = 28;
    internal const int Pixels = Side * Side;

    // Rows are padded to a multiple of every vector width, so that the loops have no tail.
    private const int Stride = 32;
    private const float Far = 1000;

    // Four uniform bytes sum to mean 510 and variance 4 (256^2 - 1) / 12; close enough to normal for noise, at half a draw a pixel.
    private const int NoiseMean = 510;
    private const float NoiseDeviation = 147.80166f;

    internal static void Render(GlyphShape shape, in GlyphPose pose, ref CounterRandom random, Span<byte> destination)
    {
        Span<float> distances = stackalloc float[Stride * Side];
        distances.Fill(Far);
        foreach (var line in shape.Lines)
        {
            Draw(line, pose, distances);
        }

        foreach (var circle in shape.Circles)
        {
            Draw(circle, pose, distances);
        }

        Develop(distances, pose, ref random, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(Line line, in GlyphPose pose, Span<float> distances)
    {
        var (fromX, fromY) = ToPixels(line.FromX, line.FromY, pose);
        var (toX, toY) = ToPixels(line.ToX, line.ToY, pose);
        var (alongX, alongY) = (toX - fromX, toY - fromY);
        var inverseSquare = 1 / ((alongX * alongX) + (alongY * alongY));
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(distances);
        for (var i = 0; i < vectors.Length; i++)
        {
            var (x, y) = At(i);
            var (dx, dy) = (x - new Vector<float>(fromX), y - new Vector<float>(fromY));
            var share = ((dx * alongX) + (dy * alongY)) * inverseSquare;
            share = Vector.Min(Vector.Max(share, Vector<float>.Zero), Vector<float>.One);
            dx -= share * alongX;
            dy -= share * alongY;
            vectors[i] = Vector.Min(vectors[i], Vector.SquareRoot((dx * dx) + (dy * dy)));
        }
    }

    // A circle is measured in the symbol's own square; the slant makes its stroke a little uneven, as a slanted pen does.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(Circle circle, in GlyphPose pose, Span<float> distances)
    {
        var inverse = 1 / (pose.Scale * ((pose.Xx * pose.Yy) - (pose.Xy * pose.Yx)));
        var (xx, xy, yx, yy) = (pose.Yy * inverse, -pose.Xy * inverse, -pose.Yx * inverse, pose.Xx * inverse);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(distances);
        for (var i = 0; i < vectors.Length; i++)
        {
            var (x, y) = At(i);
            x -= new Vector<float>(pose.CenterX);
            y -= new Vector<float>(pose.CenterY);
            var u = (x * xx) + (y * xy) - new Vector<float>(circle.X);
            var v = (x * yx) + (y * yy) - new Vector<float>(circle.Y);
            var distance = Vector.Abs(Vector.SquareRoot((u * u) + (v * v)) - new Vector<float>(circle.Radius)) * pose.Scale;
            vectors[i] = Vector.Min(vectors[i], distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Develop(ReadOnlySpan<float> distances, in GlyphPose pose, ref CounterRandom random, Span<byte> destination)
    {
        var edge = pose.HalfWidth + 0.5f;
        var grain = pose.Noise * 255 / NoiseDeviation;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x += 2)
            {
                var bits = random.NextBits();
                var pixel = (y * Side) + x;
                destination[pixel] = Expose(distances[(y * Stride) + x], edge, grain, (uint)(bits & uint.MaxValue), pose);
                destination[pixel + 1] = Expose(distances[(y * Stride) + x + 1], edge, grain, (uint)(bits >> 32), pose);
            }
        }
    }

    private static byte Expose(float distance, float edge, float grain, uint bits, in GlyphPose pose)
    {
        var coverage = Math.Clamp(edge - distance, 0, 1);
        var sum = (int)((bits & 0xFF) + ((bits >> 8) & 0xFF) + ((bits >> 16) & 0xFF) + (bits >> 24)) - NoiseMean;
        var value = (255 * (pose.Paper + (pose.Ink * coverage))) + (grain * sum);
        return (byte)Math.Clamp(value + 0.5f, 0, 255);
    }

    private static (float X, float Y) ToPixels(float x, float y, in GlyphPose pose) =>
        (pose.CenterX + (pose.Scale * ((pose.Xx * x) + (pose.Xy * y))), pose.CenterY + (pose.Scale * ((pose.Yx * x) + (pose.Yy * y))));

    private static (Vector<float> X, Vector<float> Y) At(int vector)
    {
        var (y, x) = Math.DivRem(vector * Vector<float>.Count, Stride);
        return (Vector.CreateSequence<float>(x, 1), new Vector<float>(y));
    }
}
