using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class InputShapeTests
{
    [Theory]
    [InlineData(3, 32, 32, 3072, true)]
    [InlineData(13, 1, 1, 13, false)]
    [InlineData(1, 1, 5, 5, true)]
    public void LengthAndIsImage_OfAShape_Follow(int channels, int height, int width, int length, bool isImage)
    {
        var shape = new InputShape(channels, height, width, 2);
        Assert.Equal((length, isImage), (shape.Length, shape.IsImage));
    }

    [Fact]
    public void RequireImage_OfARow_SaysItsShape() => Assert.Equal(
        "network is 'resnet-20', which needs images of at least 8x8 pixels, but the data has shape (13, 1, 1); use a network such as mlp(256, 128).",
        Assert.Throws<InvalidInputException>(() => new InputShape(13, 1, 1, 2).RequireImage("resnet-20", 8)).Message);
}
