using Rubato.Torch.Networks;
using Rubato.Torch.Tensors;
using Rubato.Training.Setup;

namespace Rubato.Training.Tests.Setup;

public sealed class MemoryFormatRuleTests
{
    [Theory]
    [InlineData("convnet", false, "channels-last")]
    [InlineData("convnet", true, "contiguous")]
    [InlineData("mlp", false, "contiguous")]
    public void Choose_ByNetworkAndDevice(string network, bool cuda, string expected) => Assert.Equal(
        expected,
        MemoryFormatRule.NameOf(MemoryFormatRule.Choose(NetworkCatalog.Parse(network), cuda ? Device.Cuda(0) : Device.Cpu)));
}
