using Rubato;

namespace Samples.ToyExample;

/// <summary>A run with the rate and the weight decay of its plan.</summary>
public sealed class PlainRun(TrainingPlan plan, LastLayer layer, double[] start)
{
    private readonly double[] _weights = [.. start];
    private readonly double[] _gradient = new double[start.Length];

    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The update that begins after so many samples.</summary>
    public void Update(ToyBatch batch, long samples)
    {
        var values = plan.At(samples);
        layer.Gradient(batch, _weights, _gradient);
        for (var j = 0; j < _weights.Length; j++)
        {
            _weights[j] -= values.LearningRate * (_gradient[j] + (values.WeightDecay * _weights[j]));
        }
    }
}
