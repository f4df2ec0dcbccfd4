using Rubato.Torch.Objectives;

namespace Rubato.Torch.Running;

/// <summary>How many bytes of activations a sample keeps until its gradients are computed.</summary>
internal static class ActivationMeter
{
    /// <summary>
    /// Adds up the outputs of the modules that have trained parameters of their own, in a forward pass of few samples. Something of that
    /// size waits for the backward pass: the output itself, or what the next operator made of it. All else is left out, so that a network
    /// is never taken for larger than it is.
    /// </summary>
    /// <param name="objective">Network and samples; buffers, modes and the random state stay what they are.</param>
    /// <returns>Bytes a sample; 0 if no module is called by <c>call</c>, or the samples cannot be computed.</returns>
    internal static long BytesPerSample(Objective objective)
    {
        var bytes = 0L;
        var samples = LayerOutputs.See(
            objective,
            layer => layer.parameters(recurse: false).Any(parameter => parameter.requires_grad)
                ? output => bytes += output.numel() * output.element_size()
                : null);
        return samples == 0 ? 0 : bytes / samples;
    }
}
