using Rubato.Torch.Layers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class GhostBatchNormTests
{
    [Theory]
    [InlineData(12L, 3L)]
    [InlineData(10L, 3L)]
    [InlineData(9L, 3L)]
    [InlineData(5L, 3L)]
    [InlineData(12L, 3L, 2L, 4L)]
    [InlineData(9L, 3L, 2L, 4L)]
    public void Forward_GhostBatches_AreBatchesOneAfterAnother(params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var ghost = InFloat64(4);
        using var plain = InFloat64();
        var (whole, parted) = (Numbers.Random(5, shape).requires_grad_(), Numbers.Random(5, shape).requires_grad_());
        var normalized = ghost.call(whole);
        var parts = new BatchParts((int)shape[0], 4);
        var expected = new List<double>();
        var factors = Numbers.Random(6, shape);
        var loss = zeros([], ScalarType.Float64);
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, length) = parts[i].GetOffsetAndLength((int)shape[0]);
            var part = plain.call(parted.narrow(0, start, length));
            expected.AddRange(Numbers.Values(part));
            loss += (part * factors.narrow(0, start, length)).sum();
        }

        Numbers.Same(expected, Numbers.Values(normalized));
        foreach (var ((name, moved), other) in plain.state_dict().Zip(ghost.state_dict().Values))
        {
            Assert.True(moved.dtype == other.dtype, name);
            Numbers.Same(Numbers.Values(moved), Numbers.Values(other));
        }

        loss.backward();
        (normalized * factors).sum().backward();
        Numbers.Close(Numbers.Gradients(parted)[0], Numbers.Gradients(whole)[0], 0, 1e-12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void Forward_Gradients_AgreeWithDifferences(int? samples)
    {
        using var scope = NewDisposeScope();
        using var layer = InFloat64(samples);
        Numbers.CheckGradients(inputs => layer.call(inputs[0]), Numbers.Random(1, 5, 3, 2, 1));
    }

    [Fact]
    public void Forward_GhostBatchesInEvaluation_DoNotMatter()
    {
        using var scope = NewDisposeScope();
        using var ghost = InFloat64(2);
        using var plain = InFloat64();
        ghost.eval();
        plain.eval();
        Assert.Equal(Numbers.Values(plain.call(Numbers.Random(1, 6, 3))), Numbers.Values(ghost.call(Numbers.Random(1, 6, 3))));
    }

    [Fact]
    public void GhostBatch_Null_TakesTheWholeBatchAgain()
    {
        using var scope = NewDisposeScope();
        using var layer = InFloat64(2);
        using var plain = InFloat64();
        layer.GhostBatch = null;
        Assert.Equal(Numbers.Values(plain.call(Numbers.Random(1, 6, 3))), Numbers.Values(layer.call(Numbers.Random(1, 6, 3))));
    }

    [Fact]
    public void GhostBatch_OfOne_IsRefused()
    {
        using var layer = new GhostBatchNorm(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.GhostBatch = 1);
        Assert.Null(layer.GhostBatch);
    }

    // Weights before it that are c times as long: numbers c times as large, of which it must see nothing.
    [Theory]
    [InlineData(null, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 0.001)]
    public void ScaleInput_InputsAsMuchLarger_OutputsStay(int? samples, double factor)
    {
        using var scope = NewDisposeScope();
        using var scaled = InFloat64(samples);
        using var plain = InFloat64(samples);
        foreach (var layer in new[] { scaled, plain })
        {
            layer.call(Numbers.Random(1, 9, 3));
        }

        scaled.ScaleInput(factor);
        Assert.Equal((factor, 1), (scaled.InputScale, plain.InputScale));
        Same(2);
        var (mean, variance) = scaled.Running;
        Numbers.Same(Numbers.Values(plain.Running.Mean), Numbers.Values(mean / factor));
        Numbers.Same(Numbers.Values(plain.Running.Variance), Numbers.Values(variance / (factor * factor)));
        scaled.eval();
        plain.eval();
        Same(3);

        // Small numbers, beside whose variance the constant counts.
        void Same(long stream) => Numbers.Same(
            Numbers.Values(plain.call(Numbers.Random(stream, 9, 3) * 0.01)), Numbers.Values(scaled.call(Numbers.Random(stream, 9, 3) * (0.01 * factor))));
    }
}
