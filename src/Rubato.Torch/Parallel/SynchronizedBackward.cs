using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>Backward passes through layers that wait for other processes.</summary>
/// <remarks>
/// libtorch calls such a layer, and an exception of C# that passes through libtorch ends the process without a word. So the layer keeps the
/// exception and hands libtorch gradients of a shape that it refuses; that ends the pass, and the exception goes on from here.
/// </remarks>
internal static class SynchronizedBackward
{
    private static readonly ConditionalWeakTable<IPeers, ExceptionDispatchInfo> Failures = [];

    /// <summary>Adds up gradients from a loss.</summary>
    /// <param name="peers">The processes of the network's layers.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="PeersException">A process was missing in a layer.</exception>
    internal static void Run(IPeers peers, Tensor loss)
    {
        try
        {
            loss.backward();
        }
        catch (ExternalException) when (Failures.TryGetValue(peers, out _))
        {
            _ = Failures.Remove(peers, out var failure);
            failure!.Throw();
        }
    }

    /// <summary>Keeps what a layer threw.</summary>
    /// <param name="peers">The processes that it waited for.</param>
    /// <param name="exception">What it threw.</param>
    /// <param name="like">A tensor with at least one dimension, as all inputs of the layer have.</param>
    /// <returns>Gradients for libtorch to refuse: numbers without a dimension are of no such input's shape.</returns>
    internal static List<Tensor> Fail(IPeers peers, Exception exception, Tensor like)
    {
        Failures.AddOrUpdate(peers, ExceptionDispatchInfo.Capture(exception));
        var refused = zeros([], like.dtype, like.device);
        return [refused, refused, refused, null!, null!];
    }
}
