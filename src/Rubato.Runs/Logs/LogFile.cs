using Rubato.Runs.Files;

namespace Rubato.Runs.Logs;

/// <summary>
/// A log that outlives a full disk: what cannot be written is held back and written with the next piece that can be, so that the file has
/// no gap and no piece of a line. It is made with the first write.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
internal sealed class LogFile : Stream
{
    /// <summary>The most that is held back, in bytes.</summary>
    internal const int MostHeldBack = 64 << 20;

    private readonly string _path;
    private readonly Func<string, FileStream> _open;
    private readonly MemoryStream _heldBack = new();
    private FileStream? _file;
    private long _length;
    private bool _isNamed;

    /// <summary>A log at a length: what the file has beyond it is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">What stands in the file; 0 for a new one.</param>
    /// <param name="staysEmpty">Whether a file that exists already stays when all of it is cut off.</param>
    /// <param name="open">Opens the file to write, or makes it, without a buffer; null for the usual way.</param>
    /// <exception cref="InvalidInputException">The file is shorter, or missing.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal LogFile(string path, long length = 0, bool staysEmpty = false, Func<string, FileStream>? open = null)
    {
        (_path, _length) = (path, length);
        _open = open ?? (file => new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0));
        var found = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        if (found < length)
        {
            throw new InvalidInputException(new Finding(
                path, null, $"has {found} bytes, but the checkpoint was written when it had {length}; it was cut or exchanged"));
        }

        if (length > 0 || (found > 0 && staysEmpty))
        {
            Open();
        }
        else if (found > 0)
        {
            // A file that is made with its first line is missing before it.
            File.Delete(path);
        }
    }

    /// <summary>Why the last write failed; null if nothing is held back.</summary>
    internal IOException? Trouble { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>The bytes that stand in the file.</summary>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Writes, or holds back if the disk has no room.</summary>
    /// <exception cref="IOException">More would be held back than <see cref="MostHeldBack"/>.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_heldBack.Length == 0 && TryWrite(buffer))
        {
            return;
        }

        if (_heldBack.Length + buffer.Length > MostHeldBack)
        {
            throw new IOException($"{_path}: {MostHeldBack >> 20} MiB could not be written ({Trouble?.Message}); free some room.", Trouble);
        }

        _heldBack.Write(buffer);
        TryWriteHeldBack();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Tries to write what was held back.</summary>
    public override void Flush() => TryWriteHeldBack();

    /// <summary>Waits until the disk has all that was written.</summary>
    /// <returns>The file's length.</returns>
    /// <exception cref="IOException">Something is held back, or the disk failed.</exception>
    internal long Sync()
    {
        TryWriteHeldBack();
        if (Trouble is { } trouble)
        {
            throw new IOException(trouble.Message, trouble);
        }

        _file?.Flush(flushToDisk: true);
        if (_file is not null && !_isNamed)
        {
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            _isNamed = true;
        }

        return _length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Tries once more to write what was held back, and closes the file.</summary>
    /// <exception cref="IOException">It could not be written: the end of the log is lost.</exception>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
        {
            return;
        }

        TryWriteHeldBack();
        _file?.Dispose();
        _file = null;
        var (trouble, lost) = (Trouble, _heldBack.Length);
        Trouble = null;
        _heldBack.SetLength(0);
        if (trouble is not null && lost > 0)
        {
            throw new IOException($"{_path}: the last {lost} bytes could not be written ({trouble.Message.TrimEnd('.')}).", trouble);
        }
    }

    private void TryWriteHeldBack()
    {
        if (_heldBack.Length > 0 && TryWrite(_heldBack.GetBuffer().AsSpan(0, (int)_heldBack.Length)))
        {
            _heldBack.SetLength(0);
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            (_file ?? Open()).Write(bytes);
            _length += bytes.Length;
            Trouble = null;
            return true;
        }
        catch (IOException exception)
        {
            Trouble = exception;
            CutOff();
            return false;
        }
    }

    // What a failed write has left in the file is no whole line. On a disk that refuses even this, the next write begins over it.
    private void CutOff()
    {
        try
        {
            _file?.SetLength(_length);
            _file?.Seek(_length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private FileStream Open()
    {
        _file = _open(_path);
        _file.SetLength(_length);
        _file.Seek(_length, SeekOrigin.Begin);
        return _file;
    }
}
