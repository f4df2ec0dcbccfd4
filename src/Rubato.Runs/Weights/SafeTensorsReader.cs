using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Rubato.Runs.Weights;

/// <summary>
/// Reads a safetensors file. All that its header claims is checked against the file before the first tensor is read; nothing larger than
/// the header is allocated for that.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class SafeTensorsReader : IDisposable
{
    private readonly Stream _stream;
    private readonly long _dataStart;
    private readonly string _name;

    private SafeTensorsReader(Stream stream, string name, long dataStart, SafeTensorsHeader header)
    {
        _stream = stream;
        _name = name;
        _dataStart = dataStart;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
    }

    /// <summary>The tensors in the order of their data.</summary>
    public ImmutableArray<TensorInfo> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; empty where it has none.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The reader; dispose it to close the file.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read or breaks a rule of the format.</exception>
    public static SafeTensorsReader Open(string path)
    {
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Finding(path, null, $"cannot be read: {e.Message}"), e);
        }
    }

    /// <summary>Checks the header of a file that is open.</summary>
    /// <param name="stream">The whole file; must seek. Disposed with the reader, and when the file is refused.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="InvalidInputException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static SafeTensorsReader Open(Stream stream, string name)
    {
        try
        {
            var header = ReadHeader(stream, name);
            var dataStart = sizeof(long) + header.Length;
            return new SafeTensorsReader(stream, name, dataStart, SafeTensorsHeader.Parse(header, stream.Length - dataStart, name));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor's bytes, row-major and little-endian.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">Receives them; as long as the tensor.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    /// <exception cref="InvalidInputException">The file became shorter since it was opened.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(TensorInfo tensor, Span<byte> destination)
    {
        if (destination.Length != tensor.ByteCount)
        {
            throw new ArgumentException(
                $"The tensor '{tensor.Name}' has {tensor.ByteCount} bytes, not {destination.Length}.", nameof(destination));
        }

        try
        {
            _stream.Position = _dataStart + tensor.Begin;
            _stream.ReadExactly(destination);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidInputException(
                new Finding(_name, null, $"the file ends within the tensor '{tensor.Name}'; it was cut while it was read"), e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static byte[] ReadHeader(Stream stream, string name)
    {
        if (stream.Length < sizeof(long))
        {
            throw new InvalidInputException(
                new Finding(
                    name,
                    null,
                    $"the file has {stream.Length} bytes, but a safetensors file starts with 8 bytes of header length; "
                    + "it was cut or is of another kind"));
        }

        Span<byte> prefix = stackalloc byte[sizeof(long)];
        stream.Position = 0;
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var most = Math.Min(stream.Length - sizeof(long), SafeTensorsHeader.MostBytes);
        if (length > (ulong)most)
        {
            throw new InvalidInputException(
                new Finding(
                    name,
                    null,
                    $"the header claims {length} bytes, but at most {most} are possible in this file; it was cut or is of another kind"));
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }
}
