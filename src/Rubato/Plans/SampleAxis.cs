using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>Converts epochs and batches to samples.</summary>
/// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
/// <param name="grid">Where updates begin; null while the batch size itself is being converted.</param>
/// <param name="uniform">The batch size, where every update has it; null otherwise.</param>
internal sealed class SampleAxis(long? samplesPerEpoch, UpdateGrid? grid, long? uniform) : TimeAxis
{
    internal override TimeUnit Unit => TimeUnit.Samples;

    internal override double? Within(double positions, TimeUnit unit) => unit switch
    {
        TimeUnit.Samples => positions,
        TimeUnit.Epochs => positions / samplesPerEpoch,
        TimeUnit.Batches => positions / uniform,
        _ => null,
    };

    internal override double Convert(Duration duration, double start) => duration.Unit switch
    {
        TimeUnit.Samples => duration.Value,
        TimeUnit.Epochs when samplesPerEpoch is { } size => duration.Value * size,
        TimeUnit.Epochs => throw new InvalidInputException(
            new Finding($"'{duration}' cannot be converted to samples: the size of the training set is not known")
            {
                Remedy = "say it, or write the length in ba or sp",
            }),
        _ when uniform is { } size => duration.Value * size,
        _ when grid is null => throw new InvalidInputException(
            new Finding($"'{duration}' counts batches, whose size is what this schedule decides") { Remedy = "write it in ep, sp or dur" }),
        _ when double.IsNaN(start) => throw new InvalidInputException(
            new Finding($"'{duration}' is not the same number of samples wherever it stands, because batches differ in size")
            {
                Remedy = "write it in ep, sp or dur",
            }),
        _ => grid.SamplesAfter(grid.CountBefore(start) + duration.Value) - start,
    };
}
