using System.Globalization;
using System.Text;
using Rubato.Runs.Files;

namespace Rubato.Runs.Rates;

/// <summary>
/// Writes the rates of runs as a table: <c>run,update,samples,learning_rate,effective_rate,log10_exponential_rate</c>, a row an applied
/// update, one run after the other. What was not measured, or a run does not have, is empty. Numbers are the shortest text that reads back
/// equal; those that are not finite are <c>Infinity</c> and <c>-Infinity</c>.
/// </summary>
public static class RateCsv
{
    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="curves">The runs.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RateCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
            writer.Write("run,update,samples,learning_rate,effective_rate,log10_exponential_rate\n");
            foreach (var run in curves.Runs)
            {
                var name = TableLine.Quoted(run.Name);
                foreach (var row in run.Updates)
                {
                    var effective = double.IsNaN(row.EffectiveRate) ? (double?)null : row.EffectiveRate;
                    writer.Write(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name},{row.Step},{row.Samples},{row.LearningRate:R},{effective:R},{row.ExponentialRateLog10:R}\n"));
                }
            }
        });
    }
}
