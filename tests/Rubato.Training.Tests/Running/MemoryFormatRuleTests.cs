using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Training.Tests;

public sealed class MemoryFormatRuleTests
{
    [Theory]
    [InlineData("convnet", false, "channels-last")]
    [InlineData("convnet", true, "contiguous")]
    [InlineData("mlp", false, "contiguous")]
    public void Choose_ByNetworkAndDevice(string network, bool cuda, string expected) => Assert.Equal(
        expected,
        MemoryFormatRule.NameOf(MemoryFormatRule.Choose(NetworkCatalog.Parse(network), cuda ? new Device(DeviceType.CUDA, 0) : CPU)));
}
