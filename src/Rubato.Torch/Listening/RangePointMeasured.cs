using Rubato.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>An update of a range test was made, or its loss was not finite.</summary>
/// <param name="Point">The update with its rate and loss.</param>
/// <param name="SmoothedLoss">The running average of the losses, which decides about the end of the run.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangePointMeasured(RangePoint Point, double SmoothedLoss) : TrainingEvent;
