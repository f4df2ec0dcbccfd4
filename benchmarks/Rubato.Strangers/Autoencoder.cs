using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>An image through 32 numbers and back.</summary>
internal sealed class Autoencoder : Module<Tensor, Tensor>
{
    private const int Pixels = 28 * 28;

    private readonly Sequential _layers = Sequential(
        Flatten(),
        Linear(Pixels, 256),
        ReLU(),
        Linear(256, 32),
        Linear(32, 256),
        ReLU(),
        Linear(256, Pixels));

    internal Autoencoder()
        : base(nameof(Autoencoder)) => RegisterComponents();

    public override Tensor forward(Tensor input) => _layers.call(input).reshape(input.shape);
}
