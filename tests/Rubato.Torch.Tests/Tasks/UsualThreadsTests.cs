using Rubato.Torch.Tasks;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Tasks;

public sealed class UsualThreadsTests
{
    /// <summary>A thousand inputs and a thousand outputs: 1,001,000 weights, and 2^23 is 8,388,608.</summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(9, 7)]
    public void Choose_MatrixProducts_OneThreadBelowTheBound(long samples, int threads)
    {
        using var network = Linear(1_000, 1_000);

        Assert.Equal(threads, UsualThreads.Choose(network, samples, now: 7));
    }

    [Fact]
    public void Choose_Convolution_AsManyAsNow()
    {
        using var network = Sequential(Conv2d(1, 1, 3), Flatten(), Linear(4, 2));

        Assert.Equal(7, UsualThreads.Choose(network, samples: 1, now: 7));
    }

    [Fact]
    public void Choose_LargeEmbedding_CountsNothing()
    {
        using var network = Sequential(Embedding(100_000, 64), Linear(64, 2));

        Assert.Equal(1, UsualThreads.Choose(network, samples: 128, now: 7));
    }
}
