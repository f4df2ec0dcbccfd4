namespace Rubato.Runs.Weights;

/// <summary>
/// Passes writes on up to a number of bytes and refuses more; whether there were fewer, <see cref="Position"/> tells. Leaves the inner
/// stream open.
/// </summary>
internal sealed class ExactLengthStream(Stream inner, long length, string name) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > length - _written)
        {
            throw new ArgumentException($"The tensor '{name}' has {length} bytes by its shape, but its source wrote more.", nameof(buffer));
        }

        inner.Write(buffer);
        _written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
