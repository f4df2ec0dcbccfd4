using Rubato.Torch.Running;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed class MemoryFormatRuleTests
{
    [Theory]
    [InlineData(true, false, "channels-last")]
    [InlineData(true, true, "contiguous")]
    [InlineData(false, false, "contiguous")]
    public void Choose_ByNetworkAndDevice(bool isConvolutional, bool cuda, string expected) => Assert.Equal(
        expected,
        MemoryFormatRule.NameOf(MemoryFormatRule.Choose(isConvolutional, cuda ? new Device(DeviceType.CUDA, 0) : CPU)));
}
