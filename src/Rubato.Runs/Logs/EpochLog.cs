using System.Collections.Immutable;
using System.Text;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>
/// Writes <c>epochs.csv</c>: a header, then a row an epoch, each handed to the operating system at once and whole. Numbers are the shortest
/// text that reads back equal; those that are not finite are <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class EpochLog : IDisposable
{
    private const string Columns = "epoch,step,samples,train_loss,test_loss,test_accuracy,learning_rate,seconds";
    private const string ValidationColumns = ",validation_loss,validation_accuracy";
    private readonly Stream _file;
    private readonly bool _validates;
    private readonly ImmutableArray<string> _metrics;

    /// <summary>Writes the header to a stream, unless it goes on.</summary>
    /// <param name="file">Receives the rows; disposed with the log.</param>
    /// <param name="metrics">
    /// The names of the metrics that each epoch has; each gets a column <c>metric_NAME</c> at the end. Without commas, quotation marks and
    /// line breaks.
    /// </param>
    /// <param name="validates">Whether each epoch has validation samples; only then there are columns for them, before the metrics.</param>
    /// <param name="hasHeader">Whether the stream has its header already.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EpochLog(Stream file, IReadOnlyList<string> metrics, bool validates = false, bool hasHeader = false)
    {
        (_file, _metrics, _validates) = (file, [.. metrics], validates);
        if (hasHeader)
        {
            return;
        }

        Write(string.Concat([Columns, validates ? ValidationColumns : "", .. _metrics.Select(name => $",metric_{name}"), "\n"]));
    }

    /// <summary>Adds a row.</summary>
    /// <param name="record">The epoch.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="KeyNotFoundException">The epoch lacks a metric of the header.</exception>
    public void Append(EpochRecord record) => Write(string.Join<object>(
        ',',
        [
            record.Epoch,
            record.Step,
            record.Samples,
            record.TrainLoss,
            record.TestLoss,
            record.TestAccuracy,
            record.LearningRate,
            record.Seconds,
            .. _validates ? [record.ValidationLoss, record.ValidationAccuracy] : Array.Empty<object>(),
            .. _metrics.Select(name => (object)record.Metrics[name]),
        ]) + "\n");

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(string text)
    {
        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush();
    }
}
