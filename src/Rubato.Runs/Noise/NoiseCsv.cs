using System.Globalization;
using System.Text;
using Rubato.Runs.Files;

namespace Rubato.Runs.Noise;

/// <summary>
/// Writes the noise scale over a run as a table: <c>step,samples,batch,squared_norm,trace,noise_scale</c>, a row a measurement. A noise
/// scale that the averages have no answer for is empty. Numbers are the shortest text that reads back equal.
/// </summary>
public static class NoiseCsv
{
    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="curve">The curve.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NoiseCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        TextFile.Write(path, Text(curve));
    }

    internal static string Text(NoiseCurve curve)
    {
        var text = new StringBuilder("step,samples,batch,squared_norm,trace,noise_scale\n");
        foreach (var row in curve.Measurements)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Step},{row.Samples},{row.Batch},{row.SquaredNorm:R},{row.Trace:R},{row.NoiseScale:R}\n");
        }

        return text.ToString();
    }
}
