using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class ConvNetTests
{
    [Theory]
    [InlineData("convnet(4, 8, norm none)", "0.weight 0.bias 3.weight 3.bias 7.weight 7.bias")]
    [InlineData("convnet(4, norm none, dropout 0.5)", "0.weight 0.bias 5.weight 5.bias")]
    [InlineData(
        "convnet(4)",
        "0.weight 1.weight 1.bias 5.weight 5.bias 1.running_mean 1.running_var 1.num_batches_tracked")]
    public void State_Names_AreThoseOfSequential(string text, string names)
    {
        using var network = NetworkCatalog.Parse(text).Build(new(1, 8, 8, 3));
        Assert.Equal(names.Split(' '), network.state_dict().Keys);
    }

    [Fact]
    public void Constructor_WrongNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new ConvNet(new(1, 8, 8, 3), []));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new ConvNet(new(1, 8, 8, 3), [4, 0]));
        Assert.Throws<ArgumentOutOfRangeException>("dropout", () => new ConvNet(new(1, 8, 8, 3), [4], dropout: -0.1));
    }
}
