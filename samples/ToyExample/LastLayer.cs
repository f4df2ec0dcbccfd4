namespace Samples.ToyExample;

/// <summary>
/// A linear layer <c>s = w x</c> with the logistic loss <c>ln(1 + exp(-y s))</c>, averaged over a batch; with or without normalization of s, by the mean and
/// the variance of the batch. No epsilon is added to the variance, so that the length of w has no effect at all.
/// </summary>
public sealed class LastLayer(bool isNormalized, int batchSize)
{
    private readonly double[] _outputs = new double[batchSize];
    private readonly double[] _slopes = new double[batchSize];

    /// <summary>The share of all samples that <c>sign(w x)</c> labels wrongly, exactly: the angle between w and the first axis, by pi.</summary>
    public static double Error(ReadOnlySpan<double> weights) => Math.Atan2(Directions.Length(weights[1..]), weights[0]) / Math.PI;

    public double Loss(ToyBatch batch, ReadOnlySpan<double> weights)
    {
        Forward(batch, weights);
        var sum = 0.0;
        for (var i = 0; i < _outputs.Length; i++)
        {
            sum += Math.Log(1 + Math.Exp(-batch.Label(i) * _outputs[i]));
        }

        return sum / batchSize;
    }

    public void Gradient(ToyBatch batch, ReadOnlySpan<double> weights, Span<double> gradient)
    {
        var deviation = Forward(batch, weights);
        for (var i = 0; i < _slopes.Length; i++)
        {
            var label = batch.Label(i);
            _slopes[i] = -label / (1 + Math.Exp(label * _outputs[i])) / batchSize;
        }

        if (isNormalized)
        {
            BackThroughNormalization(_outputs, deviation, _slopes);
        }

        gradient.Clear();
        for (var i = 0; i < _slopes.Length; i++)
        {
            var input = batch.Input(i);
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient[j] += _slopes[i] * input[j];
            }
        }
    }

    private double Forward(ToyBatch batch, ReadOnlySpan<double> weights)
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i] = Directions.Dot(weights, batch.Input(i));
        }

        return isNormalized ? Normalize(_outputs) : 1;
    }

    private static double Normalize(Span<double> outputs)
    {
        var mean = Mean(outputs);
        foreach (ref var output in outputs)
        {
            output -= mean;
        }

        var deviation = Directions.Length(outputs) / Math.Sqrt(outputs.Length);
        foreach (ref var output in outputs)
        {
            output /= deviation;
        }

        return deviation;
    }

    // ds_i = (dz_i - mean(dz) - z_i mean(z dz)) / deviation.
    private static void BackThroughNormalization(ReadOnlySpan<double> outputs, double deviation, Span<double> slopes)
    {
        var mean = Mean(slopes);
        var along = Directions.Dot(outputs, slopes) / slopes.Length;
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (slopes[i] - mean - (outputs[i] * along)) / deviation;
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
