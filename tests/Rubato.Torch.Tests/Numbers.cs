using Rubato.Torch.Memory;
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

    public static Tensor Of(double[] values, params long[] shape) => MemoryOrder.From<double>(values, shape);

    /// <summary>The content in row-major order, whatever the type.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryOrder.ToArray<double>(tensor.detach().to(ScalarType.Float64));
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

    /// <summary>Numbers in float64 that differ by nothing but the order of sums: by 1e-10 of the largest.</summary>
    public static void Same(IReadOnlyList<double> expected, IReadOnlyList<double> actual) => Close(expected, actual, 0, 1e-10 * expected.Max(Math.Abs));

    /// <summary>The gradients of leaves as numbers; clears nothing.</summary>
    public static double[][] Gradients(params Tensor[] leaves) => [.. leaves.Select(leaf => Values(leaf.grad!))];

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
            for (var i = 0; i < gradients[k].Length; i++)
            {
                var at = MemoryOrder.AsSpan<double>(inputs[k])[i];
                const double Step = 1e-6;
                var above = Projection(k, i, at + Step);
                var below = Projection(k, i, at - Step);
                MemoryOrder.AsSpan<double>(inputs[k])[i] = at;
                var numeric = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(numeric - gradients[k][i]) < 1e-6 * Math.Max(1, Math.Abs(numeric)),
                    $"input {k} at {i}: differences {numeric:R}, gradient {gradients[k][i]:R}");
            }
        }

        double Projection(int k, int i, double value)
        {
            MemoryOrder.AsSpan<double>(inputs[k])[i] = value;
            return (f(inputs) * upstream).sum().item<double>();
        }
    }
}
