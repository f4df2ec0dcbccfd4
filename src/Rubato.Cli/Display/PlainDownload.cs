using Rubato.Data.Download;

namespace Rubato.Cli.Display;

/// <summary>Whole lines for a file or a pipe: when a file begins, when it is there, and every 10 seconds between.</summary>
internal sealed class PlainDownload(TextWriter writer, TimeProvider time) : IProgress<DownloadProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private string? _file;
    private long _lastLine;

    public void Report(DownloadProgress value)
    {
        var now = time.GetTimestamp();
        if (value.File == _file && value.Received != value.Total && time.GetElapsedTime(_lastLine, now) < Interval)
        {
            return;
        }

        _file = value.File;
        _lastLine = now;
        writer.WriteLine(DownloadText.Line(value));
        writer.Flush();
    }
}
