using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>Least squares in eight dimensions by SGD with momentum, as a subject for rehearsals.</summary>
internal sealed class Regression : IRehearsalSubject
{
    private const int Dimensions = 8;
    private const double Momentum = 0.9;

    private readonly double[] _weights = new double[Dimensions];
    private readonly double[] _velocity = new double[Dimensions];
    private readonly Dictionary<RehearsalSlot, double[]> _slots = [];

    public int Steps { get; private set; }

    public IReadOnlyList<double> State => [.. _weights, .. _velocity];

    public double Step(double rate, RehearsalBatch batch)
    {
        Steps++;
        Span<double> gradient = stackalloc double[Dimensions];
        var loss = LossOf(batch, gradient);
        for (var i = 0; i < Dimensions; i++)
        {
            _velocity[i] = (Momentum * _velocity[i]) + gradient[i];
            _weights[i] -= rate * _velocity[i];
        }

        return loss;
    }

    public double Loss(RehearsalBatch batch) => LossOf(batch, new double[Dimensions]);

    public void Save(RehearsalSlot slot) => _slots[slot] = [.. State];

    public void Restore(RehearsalSlot slot)
    {
        TakeWeights(slot);
        _slots[slot].AsSpan(Dimensions).CopyTo(_velocity);
    }

    public void TakeWeights(RehearsalSlot slot) => _slots[slot].AsSpan(0, Dimensions).CopyTo(_weights);

    /// <summary>A whole run of warm-up and cosine; the loss of fresh samples at its end.</summary>
    public static double Train(double peak, int updates, int batchSize)
    {
        var subject = new Regression();
        for (var t = 0; t < updates; t++)
        {
            var rate = peak * Math.Min(1, (t + 1) / (0.1 * updates)) * (1 + Math.Cos(Math.PI * t / updates)) / 2;
            subject.Step(rate, new RehearsalBatch(9, t, batchSize));
        }

        var loss = subject.Loss(new RehearsalBatch(8, 0, 4096));
        return double.IsFinite(loss) ? loss : double.MaxValue;
    }

    // Inputs of different scales, so that rates matter; targets from fixed weights, with a little noise.
    private double LossOf(RehearsalBatch batch, Span<double> gradient)
    {
        var random = new CounterRandom(batch.Draw, 7, batch.Index);
        Span<double> x = stackalloc double[Dimensions];
        var loss = 0.0;
        for (var n = 0; n < batch.Size; n++)
        {
            var error = 0.1 * random.NextNormal();
            for (var i = 0; i < Dimensions; i++)
            {
                x[i] = random.NextNormal() / (1 + i);
                error += x[i] * (_weights[i] - 1);
            }

            loss += error * error / (2 * batch.Size);
            for (var i = 0; i < Dimensions; i++)
            {
                gradient[i] += error * x[i] / batch.Size;
            }
        }

        return loss;
    }
}
