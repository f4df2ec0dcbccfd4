using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Rubato.Torch.Lengths;

/// <summary>What one forward pass has given.</summary>
/// <param name="Loss">Its loss.</param>
/// <param name="Calls">The normalizations in the order of their calls, and what entered.</param>
/// <remarks>Owns the tensors.</remarks>
internal sealed record NormalizedInputs(double Loss, ImmutableArray<(ScaledNormalization Layer, Tensor Input)> Calls) : IDisposable
{
    /// <summary>Whether another pass has made the same calls, with inputs of the same shapes.</summary>
    internal bool HasShapesOf(NormalizedInputs other) =>
        Calls.Length == other.Calls.Length
        && Calls.Zip(other.Calls).All(pair => pair.First.Layer == pair.Second.Layer
            && pair.First.Input.shape.AsSpan().SequenceEqual(pair.Second.Input.shape));

    public void Dispose()
    {
        foreach (var (_, input) in Calls)
        {
            input.Dispose();
        }
    }
}
