using Rubato;

namespace Samples.ToyExample;

/// <summary>Samples <c>x ~ N(0, I)</c> with the label <c>y = sign(x_1)</c>: drawn anew for each update, and the same for every run of a seed.</summary>
public sealed class ToyBatch(int size, int features)
{
    private readonly double[] _inputs = new double[size * features];

    public int Size => size;

    public int Features => features;

    public void Draw(long seed, long update)
    {
        var random = new CounterRandom(seed, stream: 0, update);
        foreach (ref var input in _inputs.AsSpan())
        {
            input = random.NextNormal();
        }
    }

    public ReadOnlySpan<double> Input(int sample) => _inputs.AsSpan(sample * features, features);

    public double Label(int sample) => _inputs[sample * features] < 0 ? -1 : 1;
}
