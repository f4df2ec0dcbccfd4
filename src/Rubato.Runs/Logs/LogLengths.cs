namespace Rubato.Runs.Logs;

/// <summary>How far the logs of a run had come, in bytes, each at least 0.</summary>
/// <param name="Steps">Of <c>steps.jsonl</c>.</param>
/// <param name="Epochs">Of <c>epochs.csv</c>.</param>
/// <param name="Events">Of <c>events.jsonl</c>; 0 if there is none yet.</param>
/// <param name="Noise">Of <c>noise.jsonl</c>; 0 if there is none yet.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public readonly record struct LogLengths(long Steps, long Epochs, long Events, long Noise);
