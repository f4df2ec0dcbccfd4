using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>The numbers a display shows between epochs. Taking an update allocates nothing and touches no console.</summary>
/// <remarks>
/// Not safe for use by several threads. The loss is smoothed as an exponential moving average of weight 0.98 with Adam's bias correction
/// (Kingma and Ba 2015, section 3), so that the first updates are not drawn to 0; a non-finite loss is shown as it is.
/// </remarks>
internal sealed class RunMeter(RunDescription run)
{
    private const double Weight = 0.98;
    private double _average;
    private double _averageWeight;
    private double _rateSeconds;
    private long _rateSamples;
    private double _secondsBefore;
    private long _samplesBefore;
    private bool _isResumed;

    /// <summary>The last update.</summary>
    internal StepRecord Last { get; private set; }

    /// <summary>Samples of the epochs before the current one.</summary>
    internal long EpochStart => (Epoch - 1) * run.TrainSamples;

    /// <summary>Samples of the current epoch as far as the run goes; at least 1.</summary>
    internal long EpochLength => Math.Max(Math.Min(run.TrainSamples, run.Samples - EpochStart), 1);

    /// <summary>The epoch that the next update belongs to; the first is 1.</summary>
    internal long Epoch { get; private set; } = 1;

    /// <summary>Test accuracy of the last epoch, 0..1; NaN before the first.</summary>
    internal double Accuracy { get; private set; } = double.NaN;

    /// <summary>Where the controller stands; null where it has no phases.</summary>
    internal PhaseRecord? Phase { get; private set; }

    /// <summary>The smoothed training loss.</summary>
    internal double Loss => double.IsFinite(Last.Loss) ? _average / _averageWeight : Last.Loss;

    /// <summary>Training samples a second since the epoch began.</summary>
    internal double SamplesPerSecond => (Last.Samples - _rateSamples) / (Last.Seconds - _rateSeconds);

    /// <summary>Seconds the run still takes if samples go on at the pace so far, evaluation included.</summary>
    internal double SecondsLeft =>
        (Last.Seconds - _secondsBefore) / (Last.Samples - _samplesBefore) * Math.Max(run.Samples - Last.Samples, 0);

    internal void OnStep(in StepRecord record)
    {
        if (_isResumed)
        {
            // The pace is that of this process.
            (_isResumed, _secondsBefore, _rateSeconds) = (false, record.Seconds, record.Seconds);
            (_samplesBefore, _rateSamples) = (record.Samples, record.Samples);
        }

        Last = record;
        if (double.IsFinite(record.Loss))
        {
            _average = (Weight * _average) + ((1 - Weight) * record.Loss);
            _averageWeight = (Weight * _averageWeight) + (1 - Weight);
        }
    }

    internal void OnResumed(RunResumed resumed) => (_isResumed, Epoch) = (true, (long)resumed.Epoch + 1);

    internal void OnPhase(PhaseRecord record) => Phase = record;

    internal void OnEpoch(EpochRecord record)
    {
        Epoch = (long)record.Epoch + 1;
        Accuracy = record.TestAccuracy;
        _rateSamples = record.Samples;
        _rateSeconds = record.Seconds;
    }
}
