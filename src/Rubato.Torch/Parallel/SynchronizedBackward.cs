using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>Backward passes through layers that wait for other processes.</summary>
/// <remarks>
/// <para>
/// libtorch calls such a layer, and an exception of C# that passes through libtorch ends the program. So the layer keeps the exception here
/// and hands libtorch gradients of a shape that it refuses; that ends the pass, and <see cref="Run"/> throws what the layer threw.
/// </para>
/// <para>
/// libtorch takes over gradients after the layer has returned them, so that the layer cannot free them. They are kept here until libtorch
/// has called the next layer, or the pass is over: otherwise a step would hold the gradients of all layers.
/// </para>
/// <para>Belongs to the thread that trains. There is one for each set of processes.</para>
/// </remarks>
internal sealed class SynchronizedBackward
{
    private static readonly ConditionalWeakTable<IPeers, SynchronizedBackward> All = [];
    private ExceptionDispatchInfo? _failure;
    private List<Tensor?> _handed = [];

    private SynchronizedBackward()
    {
    }

    /// <summary>Adds up gradients from a loss.</summary>
    /// <param name="peers">The processes of the network's layers.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="PeersException">A process was missing in a layer.</exception>
    internal static void Run(IPeers peers, Tensor loss)
    {
        var pass = Of(peers);
        pass._failure = null;
        try
        {
            loss.backward();
        }
        catch (ExternalException)
        {
            pass.ThrowFailure();
            throw;
        }
        finally
        {
            pass.Take([]);
        }
    }

    private void ThrowFailure() => _failure?.Throw();

    /// <summary>What a layer's backward function returns to libtorch.</summary>
    /// <param name="peers">The processes that the layer waits for.</param>
    /// <param name="gradients">
    /// Computes the gradients of the layer's arguments, null for those that are no tensors. They belong to no scope.
    /// </param>
    /// <param name="arguments">Of which the first is a tensor with at least one dimension, and so are all others that are tensors.</param>
    /// <returns>The gradients; numbers without a dimension, which libtorch refuses, if an exception was thrown.</returns>
    internal static List<Tensor> Hand(IPeers peers, Func<List<Tensor?>> gradients, params ReadOnlySpan<Tensor?> arguments)
    {
        var pass = Of(peers);
        try
        {
            return pass.Take(gradients());
        }
#pragma warning disable CA1031 // Run throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            pass._failure = ExceptionDispatchInfo.Capture(exception);
            var refused = new List<Tensor?>(arguments.Length);
            foreach (var argument in arguments)
            {
                refused.Add(argument is null ? null : zeros([], argument.dtype, argument.device).DetachFromDisposeScope());
            }

            return pass.Take(refused);
        }
    }

    private static SynchronizedBackward Of(IPeers peers) => All.GetValue(peers, static _ => new SynchronizedBackward());

    private List<Tensor> Take(List<Tensor?> gradients)
    {
        foreach (var former in _handed)
        {
            former?.Dispose();
        }

        _handed = gradients;
        // TorchSharp takes null for no gradient, though its type does not say so.
        return [.. gradients.Select(gradient => gradient!)];
    }
}
