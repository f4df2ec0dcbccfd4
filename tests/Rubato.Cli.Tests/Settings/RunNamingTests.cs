using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Settings;

public sealed class RunNamingTests
{
    [Theory]
    [InlineData("mnist:data/x", "mlp(256, 128)", "mnist-mlp")]
    [InlineData("glyphs(seed 3)", "wrn-16-4", "glyphs-wrn-16-4")]
    public void DefaultName_DataAndNetwork(string data, string network, string expected) =>
        Assert.Equal(expected, RunNaming.DefaultName(new TrainSettings { Data = data, Network = network }));
}
