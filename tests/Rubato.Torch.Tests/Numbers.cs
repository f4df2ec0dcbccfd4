using Rubato.Numerics;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

/// <summary>Random numbers, comparisons and gradients that many tests share.</summary>
internal static class Numbers
{
    /// <summary>Numbers in [-1, 1).</summary>
    public static double[] Draw(long stream, int count)
    {
        var random = new CounterRandom(17, stream, 0);
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = random.NextDouble(-1, 1);
        }

        return numbers;
    }

    /// <summary>A float64 tensor of <see cref="Draw"/>'s numbers.</summary>
    public static Tensor Random(long stream, params long[] shape) => Of(Draw(stream, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);

    public static Tensor Random32(long stream, params long[] shape) => Random(stream, shape).to(ScalarType.Float32);

    public static Tensor Of(double[] values, params long[] shape) => tensor(values, shape, ScalarType.Float64);

    /// <summary>The content in row-major order, whatever the floating-point type.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).data<double>().ToArray();
    }

    public static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative, double absolute)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= (relative * Math.Abs(expected[i])) + absolute,
                $"at {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    /// <summary>The gradients of leaves as numbers; clears nothing.</summary>
    public static double[][] Gradients(params Tensor[] leaves)
    {
        using var scope = NewDisposeScope();
        return [.. leaves.Select(leaf => Values(leaf.grad ?? throw new InvalidOperationException("A leaf has no gradient.")))];
    }

    /// <summary>Compares the gradient of a random projection of f with central differences, for every number of every input.</summary>
    public static void CheckGradients(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        Array.ForEach(inputs, input => input.requires_grad = true);
        var output = f(inputs);
        var upstream = Random(99, output.shape);
        var loss = (output * upstream).sum();
        // An input that f does not use has the gradient 0, not none.
        loss = inputs.Aggregate(loss, (sum, input) => sum + (input.sum() * 0));
        loss.backward();
        var gradients = Gradients(inputs);
        using var pause = no_grad();
        for (var k = 0; k < inputs.Length; k++)
        {
            // A view: what is written there is the input's own memory.
            var numbers = inputs[k].detach().view(-1);
            for (var i = 0; i < gradients[k].Length; i++)
            {
                using var step = NewDisposeScope();
                const double Length = 1e-6;
                var at = numbers[i].item<double>();
                var above = Moved(i, at + Length);
                var below = Moved(i, at - Length);
                numbers[i] = at;
                var numeric = (above - below) / (2 * Length);
                Assert.True(
                    Math.Abs(numeric - gradients[k][i]) < 1e-6 * Math.Max(1, Math.Abs(numeric)),
                    $"input {k} at {i}: differences {numeric:R}, gradient {gradients[k][i]:R}");
            }

            double Moved(int place, double value)
            {
                numbers[place] = value;
                return (f(inputs) * upstream).sum().item<double>();
            }
        }
    }
}
