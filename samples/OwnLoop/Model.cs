using Rubato;

namespace Samples.OwnLoop;

/// <summary>
/// The least that a loop needs: sample i asks the one weight to be i mod 3, so that the best weight is 1. The loss is half the squared error.
/// </summary>
public sealed class Model
{
    public double Weight { get; set; } = 10;

    public double Gradient { get; private set; }

    public double LearningRate { get; set; }

    public double WeightDecay { get; set; }

    public double Momentum { get; set; }

    /// <summary>The momentum's buffer, all that the optimizer remembers.</summary>
    public double Velocity { get; set; }

    /// <summary>Samples given to <see cref="AddGradient"/>, skipped updates included.</summary>
    public long SamplesSeen { get; private set; }

    /// <summary>Adds a share of the mean gradient over some samples.</summary>
    public void AddGradient(long first, long count, double share)
    {
        for (var i = first; i < first + count; i++)
        {
            Gradient += share * (Weight - (i % 3)) / count;
        }

        SamplesSeen += count;
    }

    /// <summary>The mean loss over some samples.</summary>
    public double Loss(long first, long count)
    {
        var sum = 0.0;
        for (var i = first; i < first + count; i++)
        {
            sum += 0.5 * (Weight - (i % 3)) * (Weight - (i % 3));
        }

        return sum / count;
    }

    /// <summary>Takes over the gradient that the processes have agreed on.</summary>
    public void SetGradient(double gradient) => Gradient = gradient;

    /// <summary>One update with the values of a plan.</summary>
    public void Update(HyperParameters values)
    {
        (LearningRate, WeightDecay, Momentum) = (values.LearningRate, values.WeightDecay, values.Momentum);
        Update();
    }

    /// <summary>One whole update over some samples.</summary>
    /// <returns>The loss before it.</returns>
    public double Train(long first, long count)
    {
        var loss = Loss(first, count);
        ClearGradient();
        AddGradient(first, count, share: 1);
        Update();
        return loss;
    }

    public void Update()
    {
        Velocity = (Momentum * Velocity) + Gradient + (WeightDecay * Weight);
        Weight -= LearningRate * Velocity;
    }

    public void ClearGradient() => Gradient = 0;
}
