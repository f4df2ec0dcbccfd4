using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>Averages the measured noise of the gradient, and writes each measurement to the log.</summary>
internal sealed class NoiseWatch(NoiseLog log)
{
    private NoiseAverage _average;
    private long _batch;

    /// <summary>The averages so far; null if nothing was measured.</summary>
    internal NoiseSummaryRecord? Found => _average.Count == 0 ? null : new NoiseSummaryRecord(_average.Count, _average.NoiseScale, _batch);

    /// <summary>Looks at an update.</summary>
    internal void See(in Observation observation)
    {
        if (observation.Noise is not { } noise)
        {
            return;
        }

        _average = _average.Add(noise, NoiseAverage.TrailingDecay(_average.Count + 1));
        _batch = observation.Applied.BatchSize;
        log.Append(new NoiseRecord(
            observation.Progress.Updates, observation.Progress.Samples, _batch, noise.SquaredNorm, noise.Trace, _average.NoiseScale));
    }
}
