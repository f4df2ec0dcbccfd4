using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Torch.Running;

/// <summary>Averages the noise of the gradient and tells each measurement; does nothing if none is made.</summary>
internal sealed class NoiseWatch(Listener listener)
{
    private NoiseAverage _average;
    private long _batch;

    /// <summary>The averages so far; null if nothing was measured.</summary>
    internal NoiseSummaryRecord? Found => _average.Count == 0 ? null : new NoiseSummaryRecord(_average.Count, _average.NoiseScale, _batch);

    /// <summary>The state for a checkpoint.</summary>
    internal (NoiseAverage Average, long Batch) State
    {
        get => (_average, _batch);
        set => (_average, _batch) = value;
    }

    /// <summary>Looks at an update.</summary>
    internal void See(in Observation observation)
    {
        if (observation.Noise is not { } noise)
        {
            return;
        }

        _average = _average.Add(noise, NoiseAverage.TrailingDecay(_average.Count + 1));
        _batch = observation.Applied.BatchSize;
        listener.OnEvent(new NoiseMeasured(new NoiseRecord(
            observation.Progress.Updates, observation.Progress.Samples, _batch, noise.SquaredNorm, noise.Trace, _average.NoiseScale)));
    }
}
