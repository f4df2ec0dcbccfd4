using Rubato.Data.Download;

namespace Rubato.Cli.Display;

/// <summary>Whole lines for a file or a pipe: when a file begins, when it is there, and every 10 seconds between.</summary>
internal sealed class PlainDownload(TextWriter writer, TimeProvider time) : IProgress<DownloadProgress>
{
    private readonly PlainLines _lines = new(writer, time);
    private string? _file;

    public void Report(DownloadProgress value)
    {
        if (value.File == _file && value.Received != value.Total && !_lines.IsDue)
        {
            return;
        }

        _file = value.File;
        _lines.Write(DownloadText.Line(value));
    }
}
