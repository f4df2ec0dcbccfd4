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
    private const string Header = "epoch,step,samples,train_loss,test_loss,test_accuracy,learning_rate,seconds\n";
    private readonly Stream _file;

    /// <summary>Writes the header to a stream.</summary>
    /// <param name="file">Receives the rows; disposed with the log.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EpochLog(Stream file)
    {
        _file = file;
        Write(Header);
    }

    internal static int HeaderLength => Header.Length;

    /// <summary>Adds a row.</summary>
    /// <param name="record">The epoch.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(EpochRecord record) => Write(string.Join(
        ',',
        record.Epoch,
        record.Step,
        record.Samples,
        record.TrainLoss,
        record.TestLoss,
        record.TestAccuracy,
        record.LearningRate,
        record.Seconds) + "\n");

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(string text)
    {
        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush();
    }
}
