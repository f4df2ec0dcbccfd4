using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class MlpTests
{
    [Theory]
    [InlineData("mlp(4)", "1.weight 1.bias 3.weight 3.bias")]
    [InlineData("mlp", "1.weight 1.bias 3.weight 3.bias 5.weight 5.bias")]
    [InlineData("mlp(4, dropout: 0.5)", "1.weight 1.bias 4.weight 4.bias")]
    [InlineData(
        "mlp(4, norm: batch)",
        "1.weight 1.bias 2.weight 2.bias 2.running_mean 2.running_var 2.num_batches_tracked 4.weight 4.bias")]
    public void StateTensors_Names_AreThoseOfSequential(string text, string names)
    {
        using var layer = NetworkCatalog.Parse(text).Build(new(1, 2, 2, 3));
        Assert.Equal(names.Split(' '), layer.StateTensors().Select(entry => entry.Key));
    }
}
