using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Libtorch;

public sealed class EngineTests
{
    /// <summary>OpenMP reads C's environment, which .NET copied when this process began.</summary>
    [Fact]
    public void Start_OnLinux_ThreadsSpinBriefly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenMP is GNU's on Linux alone.");
        Engine.Start();

        var isUsers = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"));
        var expected = Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") ?? (isUsers ? null : "20000");
        Assert.Equal(expected, EnvironmentOfC("GOMP_SPINCOUNT"));
    }

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
    [InlineData(Engine.MostThreads + 1)]
    public void Threads_OutOfRange_AreRefused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Engine.Threads = threads);

    [Fact]
    public void Seed_Same_SameDraws()
    {
        using var scope = NewDisposeScope();
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
        using var scope = NewDisposeScope();
        Engine.Seed(5);
        Draw();
        using var state = Engine.RandomState();
        var expected = Draw();
        Engine.Seed(9);
        Engine.SetRandomState(state);
        Assert.Equal(expected, Draw());
        // The state is a copy: it still stands for the same moment.
        Engine.SetRandomState(MemoryOrder.From<byte>(MemoryOrder.ToArray<byte>(state), state.shape));
        Assert.Equal(expected, Draw());
    }

    // libtorch would end the process.
    [Theory]
    [InlineData(3, ScalarType.Byte)]
    [InlineData(5056, ScalarType.Int32)]
    public void SetRandomState_OfOtherBytes_IsRefused(long count, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(5);
        Assert.StartsWith(
            "A random state is ",
            Assert.Throws<ArgumentException>(() => Engine.SetRandomState(zeros(count, type))).Message,
            StringComparison.Ordinal);
        var drawn = Draw();
        Engine.Seed(5);
        Assert.Equal(drawn, Draw());
    }

    // libtorch would end the process: the places of the numbers that are left, of whether it was seeded, and of the next number.
    [Theory]
    [InlineData(8, 0)]
    [InlineData(11, 255)]
    [InlineData(12, 0)]
    [InlineData(19, 1)]
    public void SetRandomState_OfBytesThatAreNone_IsRefused(int place, byte value)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(5);
        var bytes = MemoryOrder.ToArray<byte>(Engine.RandomState());
        bytes.AsSpan(place, 2).Fill(value);
        Assert.StartsWith(
            "The bytes are no random state",
            Assert.Throws<ArgumentException>(() => Engine.SetRandomState(MemoryOrder.From<byte>(bytes, bytes.Length))).Message,
            StringComparison.Ordinal);
        var drawn = Draw();
        Engine.Seed(5);
        Assert.Equal(drawn, Draw());
    }

    [Fact]
    public void SetRandomState_OfBytesApart_IsTheSame()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(5);
        Draw();
        var state = Engine.RandomState();
        var expected = Draw();
        Engine.SetRandomState(stack([state, state], 1).select(1, 0));
        Assert.Equal(expected, Draw());
    }

    [Fact]
    public void Run_WorkThatLibtorchRefuses_IsATypedException()
    {
        using var scope = NewDisposeScope();
        var thrown = Assert.Throws<TorchException>(() => Engine.Run("the product", () => ones(4, 5).mm(ones(3, 2))));
        Assert.Equal("the product: mat1 and mat2 shapes cannot be multiplied (4x5 and 3x2)", thrown.Message);
        Assert.Equal((TorchErrorKind.Failure, "the product"), (thrown.Kind, thrown.Operation));
        Assert.Equal(3, Engine.Run("the sum", () => 3));
    }

    [Fact]
    public void CudaDevices_AreNotNegative() => Assert.InRange(Engine.CudaDevices, 0, 255);

    private static double[] Draw() => Numbers.Values(rand(4, ScalarType.Float64));

    private static string? EnvironmentOfC(string name)
    {
        var read = Marshal.GetDelegateForFunctionPointer<Read>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getenv"));
        return Marshal.PtrToStringUTF8(read(name));
    }

    private delegate nint Read([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
