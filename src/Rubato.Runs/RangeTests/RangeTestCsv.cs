using System.Globalization;
using System.Text;
using Rubato.Runs.Files;

namespace Rubato.Runs.RangeTests;

/// <summary>
/// Writes a range test as a table: <c>iteration,learning_rate,loss,smoothed_loss,accuracy,run</c>, a row an update. Runs are counted from
/// 1, over all variants and repeats. A loss may be <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>, and has then no smoothed one, like a
/// loss beyond the end of the valley; an accuracy that was not measured is empty. Numbers are the shortest text that reads back equal.
/// </summary>
public static class RangeTestCsv
{
    /// <summary>The first line.</summary>
    internal const string Header = "iteration,learning_rate,loss,smoothed_loss,accuracy,run";

    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="report">The range test.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RangeTestReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
            Write(writer, report);
        });
    }

    /// <summary>Writes the table.</summary>
    /// <param name="writer">Receives it, with line feeds.</param>
    /// <param name="report">The range test.</param>
    internal static void Write(TextWriter writer, RangeTestReport report)
    {
        writer.Write(Header + "\n");
        foreach (var (index, run) in report.Variants.SelectMany(variant => variant.Runs).Index())
        {
            var smoothed = 0;
            foreach (var point in run.Curve.Points)
            {
                // Beyond the end of the valley, too, there is no smoothed loss.
                var isSmoothed = double.IsFinite(point.Loss) && smoothed < run.Smoothed?.Smoothed.Length;
                var average = isSmoothed ? run.Smoothed?.Smoothed[smoothed++] : null;
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{point.Update},{point.LearningRate:R},{point.Loss:R},{average:R},{point.Accuracy:R},{index + 1}\n"));
            }
        }
    }
}
