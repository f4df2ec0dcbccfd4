using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Objectives;

/// <summary>Which modules of a network are in training mode, to be put back; some may be frozen in evaluation mode.</summary>
/// <param name="network">The network.</param>
internal readonly struct ModuleModes(Module network)
{
    private readonly (Module Module, bool IsTraining)[] _modes = [.. network.modules().Select(module => (module, module.training))];
    private readonly bool _isTraining = network.training;

    /// <summary>Puts the modes back.</summary>
    internal void PutBack()
    {
        // A mode goes down to all modules within: the outer ones are first.
        network.train(_isTraining);
        foreach (var (module, isTraining) in _modes)
        {
            if (module.training != isTraining)
            {
                module.train(isTraining);
            }
        }
    }
}
