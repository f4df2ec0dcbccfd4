using System.Numerics.Tensors;

namespace Rubato.Data.Tests.Support;

/// <summary>The linear classifier that data sets are held against: softmax regression by plain SGD, batch 100.</summary>
internal sealed class SoftmaxRegression(int features, int classes)
{
    private const int Batch = 100;
    private readonly float[] _weights = new float[classes * features];
    private readonly float[] _biases = new float[classes];

    internal static SoftmaxRegression Train(Examples examples, int epochs, float rate)
    {
        var model = new SoftmaxRegression(examples.ExampleLength, examples.Classes);
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        var values = new float[Batch * examples.ExampleLength];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            new CounterRandom(1, 2, epoch).Shuffle(order);
            for (var start = 0; start < order.Length; start += Batch)
            {
                var batch = order.AsSpan(start, Math.Min(Batch, order.Length - start));
                examples.Read(batch, values.AsSpan(0, batch.Length * examples.ExampleLength));
                var passed = (epoch + ((float)start / order.Length)) / epochs;
                model.Step(examples, batch, values, rate / batch.Length * Math.Max(0.02f, 1 - passed));
            }
        }

        return model;
    }

    internal double AccuracyOn(Examples examples)
    {
        var row = new float[features];
        var scores = new float[classes];
        var right = 0;
        for (var i = 0; i < examples.Count; i++)
        {
            examples.Read([i], row);
            Score(row, scores);
            right += TensorPrimitives.IndexOfMax<float>(scores) == examples.LabelOf(i) ? 1 : 0;
        }

        return (double)right / examples.Count;
    }

    private void Step(Examples examples, ReadOnlySpan<int> batch, float[] values, float rate)
    {
        var gradients = new float[batch.Length * classes];
        for (var i = 0; i < batch.Length; i++)
        {
            var scores = gradients.AsSpan(i * classes, classes);
            Score(values.AsSpan(i * features, features), scores);
            TensorPrimitives.SoftMax(scores, scores);
            scores[examples.LabelOf(batch[i])] -= 1;
        }

        for (var i = 0; i < gradients.Length; i++)
        {
            var (example, label) = Math.DivRem(i, classes);
            var weights = _weights.AsSpan(label * features, features);
            TensorPrimitives.MultiplyAdd(values.AsSpan(example * features, features), -rate * gradients[i], weights, weights);
            _biases[label] -= rate * gradients[i];
        }
    }

    private void Score(ReadOnlySpan<float> row, Span<float> scores)
    {
        for (var label = 0; label < classes; label++)
        {
            scores[label] = _biases[label] + TensorPrimitives.Dot(row, _weights.AsSpan(label * features, features));
        }
    }
}
