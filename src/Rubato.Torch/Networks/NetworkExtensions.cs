using Rubato.Torch.Layers;
using Rubato.Torch.Parallel;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Networks;

/// <summary>Settings of all modules of a network at once.</summary>
public static class NetworkExtensions
{
    /// <summary>
    /// Lets batch normalizations in training take their statistics over n samples at a time; see <see cref="GhostBatchNorm"/>.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">How many, at least 2; null for all that are given at once.</param>
    /// <returns>Whether there is a <see cref="GhostBatchNorm"/> in the network.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 2.</exception>
    public static bool UseGhostBatch(this Module network, int? samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (samples is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 2, nameof(samples));
        }

        GhostBatchNorm[] normalizations = [.. All(network).OfType<GhostBatchNorm>()];
        foreach (var normalization in normalizations)
        {
            normalization.GhostBatch = samples;
        }

        return normalizations.Length > 0;
    }

    /// <summary>Lets batch normalizations in training take their statistics over the samples of all processes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="peers">The processes; null for this one alone.</param>
    /// <returns>Whether there is a <see cref="GhostBatchNorm"/> in the network.</returns>
    internal static bool UseSyncBatchNorm(this Module network, IPeers? peers)
    {
        GhostBatchNorm[] normalizations = [.. All(network).OfType<GhostBatchNorm>()];
        Array.ForEach(normalizations, normalization => normalization.Peers = peers);
        return normalizations.Length > 0;
    }

    /// <summary>Freezes the weights and biases of normalizations, which are 1 and 0 at first.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Whether there is a normalization in it.</returns>
    public static bool FreezeAffine(this Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Module[] normalizations = [.. All(network).Where(module => module is GhostBatchNorm or NormBase or GroupNorm or LayerNorm)];
        Array.ForEach(normalizations, Freeze);
        return normalizations.Length > 0;
    }

    /// <summary>Freezes the parameters of the last module that has parameters of its own.</summary>
    /// <param name="network">The network.</param>
    public static void FreezeLast(this Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (All(network).LastOrDefault(module => module.parameters(recurse: false).Any()) is { } last)
        {
            Freeze(last);
        }
    }

    /// <summary>
    /// Freezes parameters by their names: their <c>requires_grad</c> is set to false, and a run does not train them. Running statistics of
    /// normalizations are no parameters, and go on moving.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="patterns">
    /// Patterns over names such as <c>layer1.0.conv1.weight</c>; <c>*</c> stands for any characters, also none.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// A pattern matches no parameter, or all parameters would be frozen; all findings at once. Nothing has changed.
    /// </exception>
    public static void Freeze(this Module network, params IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(patterns);
        var parameters = network.named_parameters().ToList();
        var isFrozen = ParameterPatterns.Match([.. parameters.Select(named => named.name)], patterns, nameof(Freeze));
        if (parameters.Index().All(named => isFrozen[named.Index] || !named.Item.parameter.requires_grad))
        {
            throw new InvalidInputException(new Finding(
                nameof(Freeze), string.Join(", ", patterns), "but that leaves no parameter to be trained", "freeze fewer"));
        }

        foreach (var (i, named) in parameters.Index())
        {
            named.parameter.requires_grad &= !isFrozen[i];
        }
    }

    // TorchSharp's own list leaves out the module itself, and has all its children before any grandchild.
    private static IEnumerable<Module> All(Module module) => module.children().SelectMany(All).Prepend(module);

    private static void Freeze(Module module)
    {
        foreach (var parameter in module.parameters(recurse: false))
        {
            parameter.requires_grad = false;
        }
    }
}
