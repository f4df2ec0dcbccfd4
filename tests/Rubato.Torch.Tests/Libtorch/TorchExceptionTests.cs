using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Libtorch;

/// <summary>What libtorch says, in this version of it, and the kind that it is taken for.</summary>
public sealed class TorchExceptionTests
{
    [Fact]
    public void From_ShapesThatDoNotFit_IsAFailureOfOneLine()
    {
        var exception = Of(() => ones(2, 3) + ones(4));
        Assert.Equal(TorchErrorKind.Failure, exception.Kind);
        Assert.Equal("adding: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1", exception.Message);
        Assert.IsType<ExternalException>(exception.InnerException);
    }

    [Fact]
    public void From_AnIndexBeyondTheEnd_IsAnIndexError() => Assert.Equal(TorchErrorKind.Index, Of(() => ones(3)[7]).Kind);

    [Fact]
    public void From_ALabelThatIsNoClass_IsAnIndexError() =>
        Assert.Equal(TorchErrorKind.Index, Of(() => Losses.CrossEntropy(ones(2, 3), tensor([0L, 3]))).Kind);

    [Fact]
    public void From_MoreMemoryThanThereIs_IsOutOfMemory() => Assert.Equal(TorchErrorKind.OutOfMemory, Of(() => empty(1L << 46)).Kind);

    [Fact]
    public void From_AnOperatorThatATypeDoesNotHave_IsNotImplemented() =>
        Assert.Equal(TorchErrorKind.NotImplemented, Of(() => nn.functional.max_pool2d(ones([1, 1, 4, 4], dtype: ScalarType.Bool), 2)).Kind);

    private static TorchException Of(Func<Tensor> work)
    {
        using var scope = NewDisposeScope();
        return TorchException.From(Assert.Throws<ExternalException>(() => { work(); }), "adding");
    }
}
