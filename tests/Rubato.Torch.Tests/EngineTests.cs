using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests;

public sealed class EngineTests
{
    [Fact]
    public void LibtorchVersion_IsThreeNumbers() => Assert.Matches(@"^\d+\.\d+\.\d+", Engine.LibtorchVersion);

    [Fact]
    public void Threads_Set_AreRead()
    {
        var before = Engine.Threads;
        try
        {
            Engine.Threads = 2;
            Assert.Equal(2, Engine.Threads);
            Engine.Threads = 1;
            Assert.Equal(1, Engine.Threads);
        }
        finally
        {
            Engine.Threads = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Threads_BelowOne_AreRefused(int threads) =>
        Assert.StartsWith("set_num_threads: ", Assert.Throws<TorchException>(() => Engine.Threads = threads).Message, StringComparison.Ordinal);

    [Fact]
    public void Seed_Same_SameDraws()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(5);
        var first = Draw();
        var second = Draw();
        Engine.Seed(5);
        Assert.Equal(first, Draw());
        Assert.NotEqual(first, second);
        Engine.Seed(-6);
        Assert.NotEqual(first, Draw());
    }

    [Fact]
    public void RandomState_Restored_DrawsGoOnFromThere()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(5);
        Draw();
        var state = Engine.RandomState(Device.Cpu);
        var expected = Draw();
        Engine.Seed(9);
        Engine.SetRandomState(Device.Cpu, state);
        Assert.Equal(expected, Draw());
        // The state is a copy: it still stands for the same moment.
        Engine.SetRandomState(Device.Cpu, Ops.From<byte>(state.ToArray<byte>(), state.Shape));
        Assert.Equal(expected, Draw());
    }

    [Fact]
    public void SetRandomState_OfOtherBytes_IsRefused()
    {
        using var scope = TensorScope.Begin();
        Assert.StartsWith(
            "set_rng_state: ",
            Assert.Throws<TorchException>(() => Engine.SetRandomState(Device.Cpu, Ops.Zeros([3], ScalarType.Byte))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CudaDevices_AreNotNegative() => Assert.InRange(Engine.CudaDevices, 0, 255);

    private static double[] Draw()
    {
        var x = Ops.Empty([4], ScalarType.Float64);
        Ops.FillUniform(x, 0, 1);
        return x.ToArray<double>();
    }
}
