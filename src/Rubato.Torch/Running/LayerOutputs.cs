using System.Runtime.InteropServices;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Running;

/// <summary>A forward pass of few samples, in evaluation mode, in which the outputs of single layers are looked at.</summary>
internal static class LayerOutputs
{
    private const int MostSamples = 2;

    /// <summary>Sees each output of each chosen layer.</summary>
    /// <param name="objective">Network and samples; buffers, modes and the random state stay what they are.</param>
    /// <param name="watcherOf">What is told of a layer's outputs; null for a layer that is not looked at.</param>
    /// <returns>The samples of the pass; 0 if they cannot be computed. Layers that are not called by <c>call</c> are not seen.</returns>
    internal static int See(Objective objective, Func<Module<Tensor, Tensor>, Action<Tensor>?> watcherOf)
    {
        var modes = new ModuleModes(objective.Network);
        List<Module<Tensor, Tensor>.HookRemover> hooks = [];
        try
        {
            foreach (var layer in objective.Network.modules().Prepend(objective.Network).Distinct().OfType<Module<Tensor, Tensor>>())
            {
                if (watcherOf(layer) is { } watcher)
                {
                    hooks.Add(layer.register_forward_hook((_, _, output) =>
                    {
                        watcher(output);
                        return output;
                    }));
                }
            }

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            objective.Network.eval();
            var samples = Math.Min(MostSamples, objective.Count);
            _ = objective.Loss([.. Enumerable.Range(0, samples)], SampleDraw.Evaluation);
            return samples;
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            return 0;
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
            modes.PutBack();
        }
    }
}
