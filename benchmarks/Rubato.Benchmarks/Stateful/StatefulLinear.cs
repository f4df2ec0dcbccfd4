namespace Rubato.Benchmarks.Stateful;

/// <summary>Straight up from a share of the initial rate, in the recursive form: the last rate times the quotient of two points of the line.</summary>
public sealed class StatefulLinear : StatefulScheduler
{
    private readonly double _start;
    private readonly double _end;
    private readonly int _length;

    public StatefulLinear(IReadOnlyList<IRateGroup> groups, double start, double end, int length)
        : base(groups)
    {
        (_start, _end, _length) = (start, end, length);
        Step();
    }

    protected override IEnumerable<double> NextRates()
    {
        if (Count == 0)
        {
            return Groups.Select(group => group.LearningRate * _start);
        }

        if (Count > _length)
        {
            return Groups.Select(group => group.LearningRate);
        }

        var factor = FactorAt(Count) / FactorAt(Count - 1);
        return Groups.Select(group => group.LearningRate * factor);
    }

    protected override IEnumerable<double> ClosedFormRates() => InitialRates.Select(rate => rate * FactorAt(Math.Min(Count, _length)));

    private double FactorAt(int count) => _start + ((_end - _start) * count / _length);
}
