using System.Runtime.InteropServices;
using Rubato.Runs.Weights;

namespace Rubato.Runs.Tests.Weights;

public sealed class SafeTensorsWriterTests
{
    internal static string Golden => Path.Combine(AppContext.BaseDirectory, "golden/safetensors/small.safetensors");

    internal static TensorEntry[] GoldenTensors =>
    [
        TensorEntry.From("0.weight", "F32", [2, 3], Bytes(0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f)),
        TensorEntry.From("0.bias", "F32", [2], Bytes(-1.5f, float.PositiveInfinity)),
        TensorEntry.From("1.num_batches_tracked", "I64", [], Bytes(7L)),
        TensorEntry.From("größe", "U8", [3], new byte[] { 1, 2, 3 }),
    ];

    [Fact]
    public void Write_GoldenTensors_BytesOfTheIndependentWriter()
    {
        using var stream = new MemoryStream();

        SafeTensorsWriter.Write(stream, GoldenTensors);

        Assert.Equal(File.ReadAllBytes(Golden), stream.ToArray());
    }

    [Fact]
    public void Write_SourceInPieces_AsInOne()
    {
        using var stream = new MemoryStream();
        var pieces = GoldenTensors;
        pieces[0] = pieces[0] with
        {
            Write = target =>
            {
                target.Write(Bytes(0f, 0.25f, 0.5f));
                target.Write(Bytes(0.75f, 1f, 1.25f));
            },
        };

        SafeTensorsWriter.Write(stream, pieces);

        Assert.Equal(File.ReadAllBytes(Golden), stream.ToArray());
    }

    [Theory]
    [InlineData("", "F32", 1, 4, "The tensor name '' is empty, reserved or used twice.")]
    [InlineData("__metadata__", "F32", 1, 4, "The tensor name '__metadata__' is empty, reserved or used twice.")]
    [InlineData("b", "F32", 1, 4, "The tensor name 'b' is empty, reserved or used twice.")]
    [InlineData("a", "f32", 1, 4, "The tensor 'a' has the element type 'f32'; known are BF16, BOOL,")]
    [InlineData("a", "F32", -1, 4, "The tensor 'a' has the shape [-1], which is negative or too large.")]
    [InlineData("a", "F32", long.MaxValue / 2, 4, "The tensor 'a' has the shape [4611686018427387903], which is negative or too large.")]
    [InlineData("a", "F32", 1, 3, "The tensor 'a' has 4 bytes by its shape, but its source wrote 3.")]
    [InlineData("a", "F32", 1, 5, "The tensor 'a' has 4 bytes by its shape, but its source wrote more.")]
    public void Write_BrokenRule_Sentence(string name, string type, long extent, int bytes, string message)
    {
        TensorEntry[] tensors = [TensorEntry.From("b", "U8", [1], new byte[1]), TensorEntry.From(name, type, [extent], new byte[bytes])];

        var error = Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(Stream.Null, tensors));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes<T>(params ReadOnlySpan<T> values)
        where T : struct => MemoryMarshal.AsBytes(values).ToArray();
}
