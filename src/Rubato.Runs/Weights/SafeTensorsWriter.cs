using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rubato.Runs.Files;

namespace Rubato.Runs.Weights;

/// <summary>
/// Writes tensors in the safetensors format: 8 bytes header length (little-endian), a JSON header padded with spaces to a multiple of 8
/// bytes, then the tensors' bytes without gaps. Python loads it with <c>safetensors.torch.load_file</c>.
/// </summary>
/// <remarks>
/// The format is that of huggingface/safetensors (README, "Format"). As its own writer does, tensors are ordered by falling element size,
/// so that each starts at a multiple of its element size; within one size the caller's order is kept.
/// </remarks>
public static class SafeTensorsWriter
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="tensors">What to write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">
    /// See <see cref="Write(Stream, IReadOnlyList{TensorEntry}, IReadOnlyDictionary{string, string}?)"/>.
    /// </exception>
    public static void Write(string path, IReadOnlyList<TensorEntry> tensors) =>
        AtomicFile.Write(path, stream => Write(stream, tensors));

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Receives the file from its current position on; need not seek.</param>
    /// <param name="tensors">What to write.</param>
    /// <param name="metadata">What the header says of them besides their format, under other names than <c>format</c>.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ArgumentException">
    /// A name is empty, <c>__metadata__</c> or used twice; an element type is unknown; an extent is negative or the size exceeds 63 bits; a
    /// source wrote more or fewer bytes than its shape says.
    /// </exception>
    public static void Write(Stream stream, IReadOnlyList<TensorEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var planned = Plan(tensors);
        var header = Header(planned, metadata ?? ReadOnlyDictionary<string, string>.Empty);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (entry, bytes) in planned)
        {
            using var exact = new ExactLengthStream(stream, bytes, entry.Name);
            entry.Write(exact);
            if (exact.Position != bytes)
            {
                throw new ArgumentException(
                    $"The tensor '{entry.Name}' has {bytes} bytes by its shape, but its source wrote {exact.Position}.", nameof(tensors));
            }
        }
    }

    private static List<(TensorEntry Entry, long Bytes)> Plan(IReadOnlyList<TensorEntry> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<(TensorEntry Entry, long Bytes, int ElementBytes)>(tensors.Count);
        foreach (var tensor in tensors)
        {
            if (tensor.Name.Length == 0 || tensor.Name == "__metadata__" || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"The tensor name '{tensor.Name}' is empty, reserved or used twice.", nameof(tensors));
            }

            if (!ElementTypes.TrySizeOf(tensor.Type, out var elementBytes))
            {
                throw new ArgumentException(
                    $"The tensor '{tensor.Name}' has the element type '{tensor.Type}'; known are {ElementTypes.Names}.", nameof(tensors));
            }

            if (!ElementTypes.TryByteCount(elementBytes, tensor.Shape, out var bytes))
            {
                throw new ArgumentException(
                    $"The tensor '{tensor.Name}' has the shape [{string.Join(", ", tensor.Shape)}], which is negative or too large.",
                    nameof(tensors));
            }

            planned.Add((tensor, bytes, elementBytes));
        }

        return [.. planned.OrderByDescending(plan => plan.ElementBytes).Select(plan => (plan.Entry, plan.Bytes))];
    }

    private static byte[] Header(List<(TensorEntry Entry, long Bytes)> planned, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            foreach (var (name, text) in metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            long begin = 0;
            foreach (var (entry, bytes) in planned)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type);
                json.WriteStartArray("shape");
                foreach (var extent in entry.Shape)
                {
                    json.WriteNumberValue(extent);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                begin += bytes;
                json.WriteNumberValue(begin);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padding = (int)((8 - (buffer.Length % 8)) % 8);
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        return buffer.ToArray();
    }
}
