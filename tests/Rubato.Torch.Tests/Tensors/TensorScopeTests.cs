using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class TensorScopeTests
{
    [Fact]
    public void Dispose_FreesWhatWasMadeInside()
    {
        using var outside = Ops.Zeros([1]);
        Tensor inside;
        using (TensorScope.Begin())
        {
            inside = Ops.Zeros([1]);
            Assert.False(inside.IsClosed);
        }

        Assert.True(inside.IsClosed);
        Assert.False(outside.IsClosed);
    }

    [Fact]
    public void Dispose_Nested_FreesTheInnerOnly()
    {
        using var outer = TensorScope.Begin();
        var first = Ops.Zeros([1]);
        Tensor second;
        using (TensorScope.Begin())
        {
            second = Ops.Zeros([1]);
        }

        var third = Ops.Zeros([1]);
        Assert.True(second.IsClosed);
        Assert.False(first.IsClosed);
        outer.Dispose();
        Assert.True(first.IsClosed);
        Assert.True(third.IsClosed);
    }

    [Fact]
    public void Keep_InTheInner_LivesUntilTheOuterEnds()
    {
        var outer = TensorScope.Begin();
        Tensor kept;
        using (var inner = TensorScope.Begin())
        {
            kept = inner.Keep(Ops.Zeros([1]));
        }

        Assert.False(kept.IsClosed);
        outer.Dispose();
        Assert.True(kept.IsClosed);
    }

    [Fact]
    public void Keep_ByTheOuterOfATensorOfTheInner_OutlivesBoth()
    {
        Tensor kept;
        Tensor keptByInner;
        using (var outer = TensorScope.Begin())
        {
            using (var inner = TensorScope.Begin())
            {
                kept = inner.Keep(outer.Keep(Ops.Zeros([1])));
                keptByInner = inner.Keep(Ops.Zeros([1]));
            }

            Assert.False(keptByInner.IsClosed);
        }

        Assert.True(keptByInner.IsClosed);
        Assert.False(kept.IsClosed);
        kept.Dispose();
    }

    [Fact]
    public void Keep_AtTheOutermost_IsTheCallers()
    {
        Tensor kept;
        using (var scope = TensorScope.Begin())
        {
            kept = scope.Keep(Ops.Full([1], 3));
        }

        using (TensorScope.Begin())
        {
            Ops.Zeros([1]);
        }

        Assert.Equal(3, kept.Item());
        kept.Dispose();
    }

    [Fact]
    public void Keep_OfATensorOfTheOuter_DoesNotOutliveTheOuter()
    {
        Tensor tensor;
        using (TensorScope.Begin())
        {
            tensor = Ops.Zeros([1]);
            using (var inner = TensorScope.Begin())
            {
                inner.Keep(tensor);
            }

            Assert.False(tensor.IsClosed);
        }

        Assert.True(tensor.IsClosed);
    }

    [Fact]
    public void Persist_TakesOutOfAllScopes()
    {
        Tensor tensor;
        using (TensorScope.Begin())
        {
            using (TensorScope.Begin())
            {
                tensor = Ops.Full([1], 4).Persist();
            }
        }

        Assert.Equal(4, tensor.Item());
        tensor.Dispose();
        Assert.True(tensor.IsClosed);
    }

    [Fact]
    public void Dispose_OnAnException_FreesToo()
    {
        Tensor? tensor = null;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = TensorScope.Begin();
            tensor = Ops.Zeros([2, 3]);
            Ops.MatrixProduct(tensor, tensor);
        });
        Assert.True(tensor?.IsClosed);
    }

    [Fact]
    public void Dispose_Twice_DoesNothingToTheOuter()
    {
        using var outer = TensorScope.Begin();
        var tensor = Ops.Zeros([1]);
        var inner = TensorScope.Begin();
        inner.Dispose();
        inner.Dispose();
        Assert.False(tensor.IsClosed);
        var later = Ops.Zeros([1]);
        outer.Dispose();
        Assert.True(tensor.IsClosed);
        Assert.True(later.IsClosed);
    }

    [Fact]
    public void Dispose_OfTheDefault_DoesNothing()
    {
        using var outer = TensorScope.Begin();
        var tensor = Ops.Zeros([1]);
        default(TensorScope).Dispose();
        Assert.False(tensor.IsClosed);
    }

    [Fact]
    public void Dispose_WithAnInnerLeftOpen_EndsThatToo()
    {
        Tensor inside;
        using (TensorScope.Begin())
        {
            TensorScope.Begin();
            inside = Ops.Zeros([1]);
        }

        Assert.True(inside.IsClosed);
        using var after = Ops.Zeros([1]);
        using (TensorScope.Begin())
        {
        }

        Assert.False(after.IsClosed);
    }

    [Fact]
    public void Begin_OnAnotherThread_IsItsOwn()
    {
        using var scope = TensorScope.Begin();
        var mine = Ops.Zeros([1]);
        var freed = false;
        var thread = new Thread(() =>
        {
            Tensor theirs;
            using (TensorScope.Begin())
            {
                theirs = Ops.Zeros([1]);
            }

            freed = theirs.IsClosed;
        });
        thread.Start();
        thread.Join();
        Assert.True(freed);
        Assert.False(mine.IsClosed);
    }

    [Fact]
    public void Dispose_OfALargeTensor_GivesTheMemoryBack()
    {
        // 8 MiB each, every page touched.
        const long Floats = 2L << 20;
        UseAndFree(20);
        var before = Resident();
        UseAndFree(40);
        // The allocator keeps what is free, in pieces of which some do not fit later: a few tensors. One leaked a time would be 40.
        Assert.True(Resident() - before < 12 * 4 * Floats, $"resident memory grew from {before} to {Resident()}");

        static void UseAndFree(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var scope = TensorScope.Begin();
                Ops.Relu(Ops.Zeros([Floats]));
                Assert.Throws<TorchException>(() => Ops.MatrixProduct(Ops.Zeros([Floats]), Ops.Zeros([2, 2])));
                Assert.Throws<InvalidOperationException>(() => new Operator("aten::max", "dim").Call(Ops.Zeros([Floats / 4, 4]), 1L));
            }
        }
    }

    private static long Resident() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
