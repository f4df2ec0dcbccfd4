using Rubato.Data.Download;

namespace Rubato.Cli.Display;

/// <summary>A download in words and figures.</summary>
internal static class DownloadText
{
    internal static string Line(DownloadProgress progress) =>
        $"{progress.File}  {Megabytes(progress.Received)} of {(progress.Total is { } total ? Megabytes(total) : "?")} MB";

    private static string Megabytes(long bytes) => $"{bytes / 1e6:F1}";
}
