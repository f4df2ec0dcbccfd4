using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rubato.Runs.Files;
using Rubato.Runs.Records;

namespace Rubato.Runs.Plans;

/// <summary>What a controller made one update with, and what it knew after it.</summary>
/// <param name="Step">The update, from 1.</param>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Phase">The phase that the update was in; <c>warmup</c>, <c>cooldown</c> or <c>plateau</c> in the file.</param>
/// <param name="Probability">
/// The probability, from the last test, that the loss has its minimum behind it, 0..1; null before the first test and without tests.
/// </param>
/// <remarks>Immutable.</remarks>
public readonly record struct DecisionRow(long Step, double LearningRate, RunPhase Phase, double? Probability);

/// <summary>
/// Writes the decisions of a controller as a table: <c>step,learning_rate,phase,probability</c>, a row an update. The probability is empty
/// before the first test, and where nothing is tested. Numbers are the shortest text that reads back equal.
/// </summary>
public static class DecisionCsv
{
    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<DecisionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
            writer.Write("step,learning_rate,phase,probability\n");
            foreach (var row in rows)
            {
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{row.Step},{row.LearningRate:R},{NameOf(row.Phase)},{row.Probability:R}\n"));
            }
        });
    }

    private static string NameOf(RunPhase phase) => phase switch
    {
        RunPhase.WarmUp => "warmup",
        RunPhase.Cooldown => "cooldown",
        RunPhase.Plateau => "plateau",
        _ => throw new UnreachableException(),
    };
}
