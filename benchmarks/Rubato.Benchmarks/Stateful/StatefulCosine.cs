namespace Rubato.Benchmarks.Stateful;

/// <summary>
/// Half a cosine wave from the initial rate to a minimum, in the recursive form of PyTorch's <c>CosineAnnealingLR</c>:
/// <c>(1 + cos(pi t / T)) / (1 + cos(pi (t - 1) / T)) (rate - minimum) + minimum</c>. Two cosines a step.
/// </summary>
public sealed class StatefulCosine : StatefulScheduler
{
    private readonly double _minimum;
    private readonly int _length;

    public StatefulCosine(IReadOnlyList<IRateGroup> groups, int length, double minimum)
        : base(groups)
    {
        (_length, _minimum) = (length, minimum);
        Step();
    }

    protected override IEnumerable<double> NextRates()
    {
        if (Count == 0)
        {
            return Groups.Select(group => group.LearningRate);
        }

        // One step after a whole wave the quotient would divide by zero.
        return (Count - 1 - _length) % (2 * _length) == 0
            ? Groups.Zip(InitialRates, (group, rate) => group.LearningRate + ((rate - _minimum) * (1 - Math.Cos(Math.PI / _length)) / 2))
            : Groups.Select(group => (WaveAt(Count) / WaveAt(Count - 1) * (group.LearningRate - _minimum)) + _minimum);
    }

    protected override IEnumerable<double> ClosedFormRates() => InitialRates.Select(rate => _minimum + ((rate - _minimum) * WaveAt(Count) / 2));

    private double WaveAt(int count) => 1 + Math.Cos(Math.PI * count / _length);
}
