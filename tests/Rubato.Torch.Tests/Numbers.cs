using Rubato.Numerics;
using Rubato.Torch.Tensors;

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

    public static Tensor Random32(long stream, params long[] shape) => Ops.To(Random(stream, shape), ScalarType.Float32);

    public static Tensor Of(double[] values, params long[] shape) => Ops.From<double>(values, shape);

    /// <summary>The content in row-major order, whatever the floating-point type.</summary>
    public static double[] Values(Tensor tensor) => Ops.To(Ops.Detach(tensor), ScalarType.Float64).ToArray<double>();

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
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        using var list = new TensorList(leaves);
        using var gradients = TensorList.RoomFor(list);
        using var copies = TensorList.ZerosLike(list);
        gradients.TakeGradients(list);
        Foreach.Add(copies, gradients);
        return [.. Enumerable.Range(0, leaves.Length).Select(i => Values(copies[i]))];
    }

    /// <summary>Compares the gradient of a random projection of f with central differences, for every number of every input.</summary>
    public static void CheckGradients(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        using var scope = TensorScope.Begin();
        Array.ForEach(inputs, input => input.RequiresGrad = true);
        var output = f(inputs);
        var upstream = Random(99, output.Shape);
        var loss = Ops.Sum(Ops.Multiply(output, upstream));
        // An input that f does not use has the gradient 0, not none.
        loss = inputs.Aggregate(loss, (sum, input) => Ops.Add(sum, Ops.Multiply(Ops.Sum(input), 0)));
        loss.Backward();
        var gradients = Gradients(inputs);
        using var pause = Autograd.NoGrad();
        for (var k = 0; k < inputs.Length; k++)
        {
            for (var i = 0; i < gradients[k].Length; i++)
            {
                var memory = inputs[k].Data<double>();
                var at = memory[i];
                const double Step = 1e-6;
                memory[i] = at + Step;
                var above = Ops.Sum(Ops.Multiply(f(inputs), upstream)).Item();
                memory[i] = at - Step;
                var below = Ops.Sum(Ops.Multiply(f(inputs), upstream)).Item();
                memory[i] = at;
                var numeric = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(numeric - gradients[k][i]) < 1e-6 * Math.Max(1, Math.Abs(numeric)),
                    $"input {k} at {i}: differences {numeric:R}, gradient {gradients[k][i]:R}");
            }
        }
    }
}
