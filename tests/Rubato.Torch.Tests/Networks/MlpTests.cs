using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class MlpTests
{
    [Theory]
    [InlineData("mlp(4)", "1.weight 1.bias 3.weight 3.bias")]
    [InlineData("mlp", "1.weight 1.bias 3.weight 3.bias 5.weight 5.bias")]
    [InlineData("mlp(4, dropout 0.5)", "1.weight 1.bias 4.weight 4.bias")]
    [InlineData(
        "mlp(4, norm batch)",
        "1.weight 1.bias 2.weight 2.bias 4.weight 4.bias 2.running_mean 2.running_var 2.num_batches_tracked")]
    public void State_Names_AreThoseOfSequential(string text, string names)
    {
        using var network = NetworkCatalog.Parse(text).Build(new(1, 2, 2, 3));
        Assert.Equal(names.Split(' '), network.state_dict().Keys);
    }

    [Fact]
    public void Constructor_WrongNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("sizes", () => new Mlp(new(1, 2, 2, 3), [4, 0]));
        Assert.Throws<ArgumentOutOfRangeException>("dropout", () => new Mlp(new(1, 2, 2, 3), [4], dropout: 1));
    }
}
