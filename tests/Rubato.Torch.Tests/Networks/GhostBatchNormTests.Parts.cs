using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class BatchNormTests
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
        using var scope = TensorScope.Begin();
        using var ghost = new BatchNorm(3);
        using var plain = new BatchNorm(3);
        Assert.True(ghost.UseGhostBatch(4));
        var (whole, parted) = (Numbers.Random32(5, shape), Numbers.Random32(5, shape));
        whole.RequiresGrad = true;
        parted.RequiresGrad = true;
        var normalized = ghost.Forward(whole, ForwardMode.Training);
        var parts = new BatchParts((int)shape[0], 4);
        var expected = new List<double>();
        var (loss, rest) = (Ops.Zeros([]), parted);
        for (var i = 0; i < parts.Count; i++)
        {
            (var taken, rest) = Ops.SplitAt(rest, parts.LengthOf(i));
            var part = plain.Forward(taken, ForwardMode.Training);
            expected.AddRange(Numbers.Values(part));
            loss = Ops.Add(loss, Ops.Sum(Ops.Multiply(part, Numbers.Random32(i, part.Shape.ToArray()))));
        }

        Assert.Equal([.. expected], Numbers.Values(normalized));
        Assert.Equal(
            plain.StateTensors().Select(entry => (entry.Key, string.Join(' ', Numbers.Values(entry.Value)))),
            ghost.StateTensors().Select(entry => (entry.Key, string.Join(' ', Numbers.Values(entry.Value)))));
        loss.Backward();
        using var factors = new TensorList([.. Enumerable.Range(0, parts.Count).Select(i => Numbers.Random32(i, [parts.LengthOf(i), .. shape[1..]]))]);
        Ops.Sum(Ops.Multiply(normalized, Ops.Concatenate(factors))).Backward();
        Numbers.Close(GradientOf(parted), GradientOf(whole), 1e-6, 1e-7);
    }

    [Fact]
    public void Forward_GhostBatchesInEvaluation_DoNotMatter()
    {
        using var scope = TensorScope.Begin();
        using var ghost = new BatchNorm(3);
        using var plain = new BatchNorm(3);
        ghost.UseGhostBatch(2);
        Assert.Equal(
            Numbers.Values(plain.Forward(Numbers.Random32(1, 6, 3), ForwardMode.Evaluation)),
            Numbers.Values(ghost.Forward(Numbers.Random32(1, 6, 3), ForwardMode.Evaluation)));
    }

    [Fact]
    public void UseGhostBatch_Null_TakesTheWholeBatchAgain()
    {
        using var scope = TensorScope.Begin();
        using var layer = new BatchNorm(3);
        using var plain = new BatchNorm(3);
        layer.UseGhostBatch(2);
        layer.UseGhostBatch(null);
        Assert.Equal(
            Numbers.Values(plain.Forward(Numbers.Random32(1, 6, 3), ForwardMode.Training)),
            Numbers.Values(layer.Forward(Numbers.Random32(1, 6, 3), ForwardMode.Training)));
    }

    [Fact]
    public void UseGhostBatch_OfOne_IsRefused()
    {
        using var layer = new BatchNorm(3);
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => layer.UseGhostBatch(1));
    }

    private static double[] GradientOf(Tensor leaf)
    {
        using var leaves = new TensorList([leaf]);
        using var gradients = TensorList.RoomFor(leaves);
        gradients.TakeGradients(leaves);
        return [.. gradients.Memory<float>(0).ToArray().Select(value => (double)value)];
    }
}
