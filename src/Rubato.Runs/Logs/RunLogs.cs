using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>The logs of a run: <c>steps.jsonl</c>, <c>epochs.csv</c>, <c>events.jsonl</c> and <c>noise.jsonl</c>.</summary>
/// <remarks>
/// On a disk without room they hold back what cannot be written, and go on; see <see cref="Trouble"/>. Not safe for use by several threads.
/// </remarks>
public sealed class RunLogs : IDisposable
{
    private readonly LogFile[] _files;
    private readonly StepLog _steps;
    private readonly EpochLog _epochs;
    private readonly EventLog _events;
    private readonly NoiseLog _noise;
    private bool _isDisposed;

    internal RunLogs(LogPaths paths, IReadOnlyList<string> metrics, bool validates, LogLengths lengths)
    {
        var opened = new List<LogFile>();
        try
        {
            // By this file a run folder is known, also if the process is killed before its first line.
            opened.Add(new LogFile(paths.Steps, lengths.Steps, staysEmpty: true));
            opened.Add(new LogFile(paths.Epochs, lengths.Epochs));
            opened.Add(new LogFile(paths.Events, lengths.Events));
            opened.Add(new LogFile(paths.Noise, lengths.Noise));
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }

        _files = [.. opened];
        _steps = new StepLog(_files[0]);
        _epochs = new EpochLog(_files[1], metrics, validates, hasHeader: lengths.Epochs > 0);
        _events = new EventLog(() => _files[2]);
        _noise = new NoiseLog(() => _files[3]);
    }

    /// <summary>Why lines are held back; null if none are.</summary>
    public IOException? Trouble => Array.Find(_files, file => file.Trouble is not null)?.Trouble;

    /// <summary>Adds an update.</summary>
    /// <param name="record">The update.</param>
    /// <exception cref="IOException">64 MiB are held back already.</exception>
    public void Append(in StepRecord record) => _steps.Append(record);

    /// <summary>Adds an epoch; lines of its updates that were buffered are written before it.</summary>
    /// <param name="record">The epoch.</param>
    /// <exception cref="IOException">64 MiB are held back already.</exception>
    public void Append(EpochRecord record)
    {
        _steps.Flush();
        _epochs.Append(record);
    }

    /// <summary>Adds an event.</summary>
    /// <param name="record">The event.</param>
    /// <exception cref="IOException">64 MiB are held back already.</exception>
    public void Append(EventRecord record) => _events.Append(record);

    /// <summary>Adds a measurement of the gradient's noise.</summary>
    /// <param name="record">The measurement.</param>
    /// <exception cref="IOException">64 MiB are held back already.</exception>
    public void Append(in NoiseRecord record) => _noise.Append(record);

    /// <summary>Waits until the disk has all lines.</summary>
    /// <returns>How long the files are.</returns>
    /// <exception cref="IOException">The disk has no room for all lines, or failed.</exception>
    public LogLengths Sync()
    {
        _steps.Flush();
        return new LogLengths(_files[0].Sync(), _files[1].Sync(), _files[2].Sync(), _files[3].Sync());
    }

    /// <summary>Writes what is buffered and closes the files.</summary>
    /// <exception cref="IOException">Lines that were held back could not be written; all files are closed.</exception>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var failures = new List<IOException>();
        foreach (var log in (IDisposable[])[_steps, _epochs, _events, _noise, .. _files])
        {
            try
            {
                log.Dispose();
            }
            catch (IOException exception)
            {
                failures.Add(exception);
            }
        }

        Tell(failures);
    }

    private static void Tell(List<IOException> failures)
    {
        if (failures.Count > 0)
        {
            throw failures.Count == 1
                ? failures[0]
                : new IOException(string.Join(" ", failures.Select(failure => failure.Message)), failures[0]);
        }
    }
}
