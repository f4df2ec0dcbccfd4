using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>A process that trains alone: sums are what they are, and nothing is sent.</summary>
/// <remarks>Immutable; safe for use by several threads.</remarks>
public sealed class Alone : IPeers
{
    private Alone()
    {
    }

    /// <summary>The one instance; it need not be disposed.</summary>
    public static Alone Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public string Engine => "none";

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; } = [Environment.MachineName];

    /// <inheritdoc/>
    public TimeSpan Waited => TimeSpan.Zero;

    /// <inheritdoc/>
    public void Sum(Tensor tensor, bool isRootSlow = false)
    {
    }

    /// <inheritdoc/>
    public void Broadcast(Tensor tensor)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
