using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>The range test before a run has ended, or was interrupted: its curve.</summary>
/// <param name="Report">What was measured.</param>
/// <remarks>Immutable. Two are equal only if they share their report.</remarks>
public sealed record RangeTestMeasured(RangeTestReport Report) : TrainingEvent;
