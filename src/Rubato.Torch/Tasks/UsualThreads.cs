using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Tasks;

/// <summary>How many threads an operator gets if the user does not say.</summary>
/// <remarks>
/// Threads of a small operator wait for each other longer than they compute. The rule looks at the network and the batch alone, and at no
/// clock, so that a run can be repeated.
/// </remarks>
internal static class UsualThreads
{
    // Measured by benchmarks/Rubato.TrainerCost on two idle processors: a second thread makes steps of 7.5 million products take 12 %
    // longer, and those of 14 million 14 % less.
    private const double LeastProducts = 1 << 23;

    /// <summary>The threads.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">How many samples are computed at once.</param>
    /// <param name="now">The threads that there are now.</param>
    /// <returns>
    /// <paramref name="now"/> for a network with weights of three dimensions or more, as convolutions have, and for one that multiplies
    /// 2^23 numbers or more in a forward pass: its weights times the samples. Otherwise 1.
    /// </returns>
    internal static int Choose(Module network, long samples, int now)
    {
        // An embedding looks up its rows, and multiplies none.
        var lookedUp = network.modules().Where(module => module is Embedding or EmbeddingBag)
            .SelectMany(module => module.parameters(recurse: false)).Sum(weight => weight.numel());
        var weights = network.parameters().ToList();
        var products = (double)(weights.Sum(weight => weight.numel()) - lookedUp) * samples;
        return products >= LeastProducts || weights.Exists(weight => weight.dim() >= 3) ? now : 1;
    }
}
