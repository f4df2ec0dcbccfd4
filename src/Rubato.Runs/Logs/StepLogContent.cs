using System.Collections.Immutable;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>What stood in a <c>steps.jsonl</c>.</summary>
/// <param name="Records">The updates, in the file's order.</param>
/// <param name="LastLineWasCut">
/// Whether the file ends within a line, as a killed process leaves it; that line is not among the records.
/// </param>
/// <remarks>Immutable; equality is by reference to the list.</remarks>
public sealed record StepLogContent(ImmutableArray<StepRecord> Records, bool LastLineWasCut);
