namespace Rubato.Cli.Display;

/// <summary>Lines for a file or a pipe, each flushed so that whoever follows the file sees it at once.</summary>
internal sealed class PlainLines(TextWriter writer, TimeProvider time)
{
    /// <summary>After how much silence a line of progress is due: short enough that a stall shows, long enough for a log of days.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _last;

    /// <summary>Whether the interval has passed since the last line.</summary>
    internal bool IsDue => time.GetElapsedTime(_last) >= Interval;

    internal void Write(string text)
    {
        _last = time.GetTimestamp();
        writer.WriteLine(text);
        writer.Flush();
    }
}
