using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rubato.Runs.Logs;

/// <summary>
/// A file that is written a JSON object a line, each handed to the operating system at once and whole; made with the first line.
/// </summary>
/// <param name="open">Makes the file; called once. What it gives is disposed with this.</param>
internal sealed class JsonLineFile(Func<Stream> open) : IDisposable
{
    private Stream? _file;

    /// <summary>Adds a line.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Append<T>(T record, JsonTypeInfo<T> type)
    {
        _file ??= open();
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n']);
        _file.Flush();
    }

    public void Dispose() => _file?.Dispose();
}
