namespace Rubato.Runs.Logs;

/// <summary>Where the logs of a run are.</summary>
/// <param name="Steps">Of <c>steps.jsonl</c>.</param>
/// <param name="Epochs">Of <c>epochs.csv</c>.</param>
/// <param name="Events">Of <c>events.jsonl</c>.</param>
/// <param name="Noise">Of <c>noise.jsonl</c>.</param>
internal sealed record LogPaths(string Steps, string Epochs, string Events, string Noise);
