namespace Rubato.RangeTests;

/// <summary>
/// An average whose weights fall by a factor from value to value, corrected for its start: <c>(1 - k) sum k^(n-i) y_i / (1 - k^n)</c>.
/// </summary>
/// <remarks>Kingma and Ba 2014, "Adam", arXiv 1412.6980, section 3: without the correction it begins at 0.</remarks>
internal struct RunningAverage(double keep)
{
    // A value counts for a fiftieth of the test: long enough against the noise of single batches, short beside the decades between start
    // and end.
    private const double UsualShare = 1.0 / 50;

    private double _sum;
    private double _weight;

    /// <summary>NaN before the first value.</summary>
    internal readonly double Value => _weight > 0 ? _sum / _weight : double.NaN;

    /// <summary>The factor with which weights fall by e every fiftieth of a test.</summary>
    internal static double UsualKeep(long updates) => Math.Exp(-1 / (UsualShare * updates));

    internal double Add(double value)
    {
        _sum = (keep * _sum) + ((1 - keep) * value);
        _weight = (keep * _weight) + (1 - keep);
        return Value;
    }
}
