using Rubato.Numerics;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class FusedSgdTests
{
    private static readonly long[] Shape = [5, 3, 30, 20];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9f, false)]
    [InlineData(0.9f, true)]
    public void TryUpdate_MoreThanABlock_IsTheFormulaByElements(float momentum, bool nesterov)
    {
        using var scope = TensorScope.Begin();
        var (weights, gradients, velocity) = (Draw(1), Draw(2), Draw(3));
        var (w, g, v) = (weights.ToArray<float>(), gradients.ToArray<float>(), velocity.ToArray<float>());
        var rule = new FusedSgd.Rule(0.1f, momentum, 0.01f, nesterov);
        using var lists = new Lists(weights, gradients, velocity);
        Assert.True(FusedSgd.TryUpdate(lists.Weights, lists.Gradients, momentum == 0 ? null : lists.Velocity, rule));
        var expectedWeights = new double[w.Length];
        var expectedVelocity = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            var slope = g[i] + (0.01 * w[i]);
            expectedVelocity[i] = momentum == 0 ? v[i] : (momentum * v[i]) + slope;
            var direction = momentum == 0 ? slope : nesterov ? slope + (momentum * expectedVelocity[i]) : expectedVelocity[i];
            expectedWeights[i] = w[i] - (0.1 * direction);
        }

        Numbers.Close(expectedWeights, [.. weights.ToArray<float>().Select(value => (double)value)], 1e-6, 1e-6);
        Numbers.Close(expectedVelocity, [.. velocity.ToArray<float>().Select(value => (double)value)], 1e-6, 1e-6);
        Assert.Equal(g, gradients.ToArray<float>());
    }

    [Fact]
    public void TryUpdate_ChannelsLastThroughout_GoesByTheOrderInMemory()
    {
        using var scope = TensorScope.Begin();
        var (plain, plainGradient) = (Draw(1), Draw(2));
        var (last, lastGradient) = (Ops.Clone(plain, MemoryFormat.ChannelsLast), Ops.Clone(plainGradient, MemoryFormat.ChannelsLast));
        var rule = new FusedSgd.Rule(0.1f, 0, 0.01f, Nesterov: false);
        using var first = new Lists(plain, plainGradient, Draw(3));
        using var second = new Lists(last, lastGradient, Draw(3));
        Assert.True(FusedSgd.TryUpdate(first.Weights, first.Gradients, null, rule));
        Assert.True(FusedSgd.TryUpdate(second.Weights, second.Gradients, null, rule));
        Assert.Equal(plain.ToArray<float>(), last.ToArray<float>());
    }

    [Theory]
    [InlineData("order of the gradient")]
    [InlineData("order of the velocity")]
    [InlineData("type")]
    public void TryUpdate_MemoryThatDiffers_ChangesNothing(string difference)
    {
        using var scope = TensorScope.Begin();
        var (weights, gradients, velocity) = (Draw(1), Draw(2), Draw(3));
        (weights, gradients, velocity) = difference switch
        {
            "order of the gradient" => (weights, Ops.Clone(gradients, MemoryFormat.ChannelsLast), velocity),
            "order of the velocity" => (weights, gradients, Ops.Clone(velocity, MemoryFormat.ChannelsLast)),
            _ => (Ops.To(weights, ScalarType.Float64), Ops.To(gradients, ScalarType.Float64), Ops.To(velocity, ScalarType.Float64)),
        };
        var before = Ops.To(weights, ScalarType.Float64).ToArray<double>();
        using var lists = new Lists(weights, gradients, velocity);
        Assert.False(FusedSgd.TryUpdate(lists.Weights, lists.Gradients, lists.Velocity, new FusedSgd.Rule(0.1f, 0.9f, 0, Nesterov: false)));
        Assert.Equal(before, Ops.To(weights, ScalarType.Float64).ToArray<double>());
    }

    private static Tensor Draw(long stream)
    {
        var random = new CounterRandom(7, stream, 0);
        var values = new float[5 * 3 * 30 * 20];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextNormal();
        }

        return Ops.From<float>(values, Shape);
    }

    private sealed class Lists(Tensor weights, Tensor gradients, Tensor velocity) : IDisposable
    {
        internal TensorList Weights { get; } = new([weights]);

        internal TensorList Gradients { get; } = new([gradients]);

        internal TensorList Velocity { get; } = new([velocity]);

        public void Dispose()
        {
            Weights.Dispose();
            Gradients.Dispose();
            Velocity.Dispose();
        }
    }
}
