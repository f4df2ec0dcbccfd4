using System.Collections.Immutable;
using Rubato.Data.Download;
using Spectre.Console;

namespace Rubato.Cli.Display;

/// <summary>A bar a file, with rate and time left.</summary>
internal sealed class LiveDownload : IProgress<DownloadProgress>
{
    private readonly ProgressContext _context;
    private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

    private LiveDownload(ProgressContext context) => _context = context;

    /// <summary>Shows a download while it goes on.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="fetch">Downloads and tells the display.</param>
    /// <returns>What <paramref name="fetch"/> returns.</returns>
    internal static ImmutableArray<string> Show(
        IAnsiConsole console, Func<LiveDownload, ImmutableArray<string>> fetch)
    {
        var progress = console.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 20 },
            new DownloadedColumn(),
            new TransferSpeedColumn(),
            new RemainingTimeColumn());
        return LiveRegion.Show<ProgressContext, ImmutableArray<string>>(
            console, progress.Start, context => fetch(new LiveDownload(context)));
    }

    public void Report(DownloadProgress value)
    {
        if (!_bars.TryGetValue(value.File, out var bar))
        {
            bar = _context.AddTask(Markup.Escape(value.File), autoStart: true, maxValue: value.Total ?? 1);
            bar.IsIndeterminate = value.Total is null;
            _bars.Add(value.File, bar);
        }

        bar.Value = value.Received;
    }
}
