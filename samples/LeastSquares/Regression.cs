using Rubato;

namespace Samples.LeastSquares;

/// <summary>Linear least squares, <c>y = 3 x_0 - 2 x_1 + x_2 + noise</c>, by stochastic gradient descent with momentum.</summary>
public sealed class Regression
{
    public const int Samples = 4096;
    private static readonly double[] Truth = [3, -2, 1];

    private double[] _weights = new double[Truth.Length];
    private double[] _velocity = new double[Truth.Length];

    public double LearningRate { get; set; }

    public double Momentum { get; set; }

    public IReadOnlyList<double> Weights => _weights;

    /// <summary>All that the loop must save besides the driver's state.</summary>
    public double[] Save() => [.. _weights, .. _velocity];

    public void Load(double[] saved) => (_weights, _velocity) = (saved[..Truth.Length], saved[Truth.Length..]);

    /// <summary>One update with the mean gradient of a batch.</summary>
    /// <returns>Half the mean squared error over the batch, before the update.</returns>
    public double Update(long first, long count)
    {
        var (gradient, loss) = (new double[Truth.Length], 0.0);
        for (var i = first; i < first + count; i++)
        {
            var (inputs, target) = SampleAt(i % Samples);
            var error = Predict(inputs) - target;
            loss += 0.5 * error * error / count;
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient[j] += error * inputs[j] / count;
            }
        }

        for (var j = 0; j < gradient.Length; j++)
        {
            _velocity[j] = (Momentum * _velocity[j]) + gradient[j];
            _weights[j] -= LearningRate * _velocity[j];
        }

        return loss;
    }

    /// <summary>Half the mean squared error over all samples; the noise alone makes it 0.005.</summary>
    public double Loss() => Enumerable.Range(0, Samples).Select(i => SampleAt(i)).Average(sample => 0.5 * Math.Pow(Predict(sample.Inputs) - sample.Target, 2));

    private double Predict(double[] inputs) => inputs.Zip(_weights, (x, w) => x * w).Sum();

    private static (double[] Inputs, double Target) SampleAt(long i)
    {
        var random = new CounterRandom(seed: 1, stream: 0, step: i);
        double[] inputs = [random.NextNormal(), random.NextNormal(), random.NextNormal()];
        return (inputs, inputs.Zip(Truth, (x, w) => x * w).Sum() + (0.1 * random.NextNormal()));
    }
}
