using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Networks;

/// <summary>The convolution that the residual networks share.</summary>
internal static class Residual
{
    /// <summary>A convolution without bias, its sides padded so that a stride of 1 keeps them, with He's initial weights.</summary>
    internal static Conv2d Convolution(int inputs, int outputs, int kernel = 3, int stride = 1)
    {
        var convolution = Conv2d(inputs, outputs, kernel, stride, padding: kernel / 2, bias: false);
        Initializer.HeFanOut(convolution.weight);
        return convolution;
    }
}
