using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Lengths;

/// <summary>Sees what enters the normalizations of a network, call by call, in the order of the forward pass.</summary>
/// <remarks>Dispose it, which takes the hooks away again.</remarks>
internal sealed class NormalizationProbe : IDisposable
{
    private readonly List<Module<Tensor, Tensor>.HookRemover> _hooks = [];
    private readonly List<(ScaledNormalization Layer, Tensor Input)> _calls = [];

    /// <param name="network">The network; normalizations that are reached by <c>forward</c> instead of <c>call</c> are not seen.</param>
    internal NormalizationProbe(Module network)
    {
        Layers = [.. network.modules().Prepend(network).Distinct().Select(ScaledNormalization.Of).OfType<ScaledNormalization>()];
        foreach (var layer in Layers)
        {
            _hooks.Add(((Module<Tensor, Tensor>)layer.Layer).register_forward_pre_hook((_, input) =>
            {
                _calls.Add((layer, input.detach().clone().DetachFromDisposeScope()));
                return input;
            }));
        }
    }

    /// <summary>The normalizations.</summary>
    internal IReadOnlyList<ScaledNormalization> Layers { get; }

    /// <summary>Runs the network once.</summary>
    /// <param name="run">The forward pass.</param>
    /// <returns>What entered, call by call; the caller disposes it.</returns>
    internal NormalizedInputs See(Func<double> run)
    {
        _calls.Clear();
        var loss = run();
        return new NormalizedInputs(loss, [.. _calls]);
    }

    public void Dispose() => _hooks.ForEach(hook => hook.remove());
}
