using System.Runtime.InteropServices;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Running;

/// <summary>How many bytes of activations a sample keeps until its gradients are computed.</summary>
internal static class ActivationMeter
{
    private const int MostSamples = 2;

    /// <summary>
    /// Adds up the outputs of the modules that have trained parameters of their own, in a forward pass of few samples. Something of that
    /// size waits for the backward pass: the output itself, or what the next operator made of it. All else is left out, so that a network
    /// is never taken for larger than it is.
    /// </summary>
    /// <param name="objective">Network and samples; buffers, modes and the random state stay what they are.</param>
    /// <returns>Bytes a sample; 0 if no module is called by <c>call</c>, or the samples cannot be computed.</returns>
    internal static long BytesPerSample(Objective objective)
    {
        var (modes, bytes) = (new ModuleModes(objective.Network), 0L);
        List<Module<Tensor, Tensor>.HookRemover> hooks = [];
        try
        {
            foreach (var layer in objective.Network.modules().Prepend(objective.Network).Distinct().OfType<Module<Tensor, Tensor>>())
            {
                if (layer.parameters(recurse: false).Any(parameter => parameter.requires_grad))
                {
                    hooks.Add(layer.register_forward_hook((_, _, output) =>
                    {
                        bytes += output.numel() * output.element_size();
                        return output;
                    }));
                }
            }

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            objective.Network.eval();
            var samples = Math.Min(MostSamples, objective.Count);
            _ = objective.Loss([.. Enumerable.Range(0, samples)], SampleDraw.Evaluation);
            return bytes / samples;
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
