using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>The processes that train one network together, as one of them sees them.</summary>
/// <remarks>
/// <para>
/// All processes call the same members in the same order, with tensors of the same type and size: each call is a collective one. It returns
/// when all have joined it. A process that does not join within a limit ends the wait of the others with a <see cref="PeersException"/>
/// that names it.
/// </para>
/// <para>Belongs to one thread.</para>
/// </remarks>
public interface IPeers : IDisposable
{
    /// <summary>The number of this process: from 0 to <see cref="Size"/> less 1. The process 0 writes and speaks.</summary>
    int Rank { get; }

    /// <summary>How many processes there are; at least 1.</summary>
    int Size { get; }

    /// <summary>What carries the messages, such as <c>Open MPI 4.1.4</c>; <c>none</c> for a process that is alone.</summary>
    string Engine { get; }

    /// <summary>The name of the host of each process, by rank.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>The time that this process has waited for others, over all calls.</summary>
    TimeSpan Waited { get; }

    /// <summary>Replaces every element by its sum over all processes. All get the same bits.</summary>
    /// <param name="tensor">Without gaps, of Float32, Float64 or Int64, where the engine can reach it: see the implementation.</param>
    /// <param name="isRootSlow">
    /// Whether the process 0 may come late, since it writes files: the others then wait for it ten minutes rather than the usual limit.
    /// </param>
    /// <exception cref="PeersException">A process did not join, or the engine failed.</exception>
    /// <exception cref="ArgumentException">The tensor has gaps, another type, or lies elsewhere.</exception>
    void Sum(Tensor tensor, bool isRootSlow = false);

    /// <summary>Replaces every element by what the process 0 has.</summary>
    /// <param name="tensor">Without gaps, of Float32, Float64 or Int64, as in <see cref="Sum"/>.</param>
    /// <exception cref="PeersException">A process did not join, or the engine failed.</exception>
    /// <exception cref="ArgumentException">The tensor has gaps, another type, or lies elsewhere.</exception>
    void Broadcast(Tensor tensor);
}
