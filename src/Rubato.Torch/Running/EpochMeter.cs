namespace Rubato.Torch.Running;

/// <summary>The mean training loss since the last reset, weighted by samples, and the highest rate ever seen.</summary>
internal sealed class EpochMeter
{
    private double _lossSum;
    private long _samples;

    /// <summary>NaN before the first update.</summary>
    internal double MeanLoss => _samples == 0 ? double.NaN : _lossSum / _samples;

    internal double PeakLearningRate { get; private set; }

    internal void Add(in Observation observation)
    {
        _lossSum += observation.Loss * observation.Applied.BatchSize;
        _samples += observation.Applied.BatchSize;
        PeakLearningRate = Math.Max(PeakLearningRate, observation.Applied.LearningRate);
    }

    /// <summary>The state for a checkpoint.</summary>
    internal (double LossSum, long Samples, double Peak) State
    {
        get => (_lossSum, _samples, PeakLearningRate);
        set => (_lossSum, _samples, PeakLearningRate) = value;
    }

    internal void Reset() => (_lossSum, _samples) = (0, 0);
}
