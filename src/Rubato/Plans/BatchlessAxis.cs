using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>Converts epochs to samples where the batch size cannot be used, and notes if it was asked for.</summary>
/// <param name="samplesPerEpoch">The size of the training set; null where it is not known.</param>
internal sealed class BatchlessAxis(long? samplesPerEpoch) : TimeAxis
{
    private readonly SampleAxis _samples = new(samplesPerEpoch, grid: null, uniform: 1);

    /// <summary>Whether a duration in batches was converted, so that what came of it says nothing.</summary>
    internal bool WasAskedForBatches { get; private set; }

    internal override TimeUnit Unit => _samples.Unit;

    internal override double? Within(double positions, TimeUnit unit) => _samples.Within(positions, unit);

    internal override double Convert(Duration duration, double start)
    {
        WasAskedForBatches |= duration.Unit == TimeUnit.Batches;
        return _samples.Convert(duration, start);
    }
}
