namespace Rubato.Torch.Networks;

/// <summary>The shape of a network's input, and its number of classes.</summary>
/// <param name="Channels">Channels of an image; the number of features of a row.</param>
/// <param name="Height">Pixels; 1 for a row of features.</param>
/// <param name="Width">Pixels; 1 for a row of features.</param>
/// <param name="Classes">Numbers out; at least 2.</param>
/// <remarks>Immutable.</remarks>
public sealed record InputShape(int Channels, int Height, int Width, int Classes)
{
    /// <summary>Numbers of one sample: the product of channels, height and width.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Whether a sample is an image, not a row of features.</summary>
    public bool IsImage => Height > 1 || Width > 1;

    /// <summary>Throws if a sample is no image of at least this size.</summary>
    /// <param name="network">The network's text, for the message.</param>
    /// <param name="side">The smallest height and width, in pixels.</param>
    /// <exception cref="InvalidInputException">The input is smaller.</exception>
    public void RequireImage(string network, int side)
    {
        if (Height < side || Width < side)
        {
            throw new InvalidInputException(
                new Finding(
                    "network",
                    network,
                    $"which needs images of at least {side}x{side} pixels, but the data has shape ({Channels}, {Height}, {Width})",
                    "use a network such as mlp(256, 128)"));
        }
    }
}
