using Rubato.Rewrites;

namespace Samples.ToyExample;

/// <summary>
/// A run of a normalized layer without weight decay, whose rate grows; weights and rate are kept in the range of their numbers.
/// </summary>
public sealed class GrowingRun(ExponentialPlan plan, LastLayer layer, double[] start)
{
    // Chosen: any limit gives the same directions, since shifts are by powers of two.
    private const double LargestRate = 1e6;

    private readonly double[] _weights = [.. start];
    private readonly double[] _gradient = new double[start.Length];
    private ScaleShift _shift;

    public ReadOnlySpan<double> Weights => _weights;

    // <snippet growing-rate>
    /// <summary>The update that begins after so many samples.</summary>
    public void Update(ToyBatch batch, long samples)
    {
        var logRate = plan.At(samples).LogRate;
        Shift(_shift.ForRate(logRate, LargestRate));
        var rate = Math.Exp(_shift.LogRate(logRate));
        layer.Gradient(batch, _weights, _gradient);
        for (var j = 0; j < _weights.Length; j++)
        {
            _weights[j] -= rate * _gradient[j];
        }
    }

    private void Shift(ScaleShift next)
    {
        var factor = _shift.FactorTo(next);
        for (var j = 0; j < _weights.Length; j++)
        {
            _weights[j] *= factor;
        }

        _shift = next;
    }

    // </snippet>
}
