using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>Adds up the gradients of several processes in a training loop of one's own, by three calls an update.</summary>
/// <remarks>
/// <code>
/// using var peers = Peers.Join();
/// using var shared = new SharedGradients(peers, network);
/// while (driver.TryNext(out var values))
/// {
///     var share = shared.Begin((int)values.BatchSize);          // which samples of the global batch are this process's
///     var sum = LossOver(share);                                // the sum of the losses over them; 0 if there are none
///     (sum / values.BatchSize).backward();                      // the mean is over the global batch
///     var loss = shared.Sum(sum.item&lt;float&gt;());                 // the batch's mean loss; every parameter has the whole gradient
///     Apply(values);
///     driver.Report(loss, values.BatchSize);
/// }
/// </code>
/// <para>
/// All processes see the same losses and gradients, so that every controller decides alike in all of them. The gradients are views of one
/// tensor, and one reduction adds them up. Set no gradient to null between the calls; the optimizer may do so after its step.
/// </para>
/// <para>Owns its tensor, not the network or the processes. Belongs to the thread that trains.</para>
/// </remarks>
public sealed class SharedGradients : IDisposable
{
    private readonly IPeers _peers;
    private readonly nn.Module _network;
    private readonly Team _team;
    private int _batch;

    /// <summary>Gives all processes the parameters and buffers of the process 0.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="network">The network, where it is trained.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    public SharedGradients(IPeers peers, nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(peers);
        ArgumentNullException.ThrowIfNull(network);
        (_peers, _network, _team) = (peers, network, Team.Of(peers, network));
    }

    /// <summary>Begins an update: all gradients are 0.</summary>
    /// <param name="batchSize">The samples of the global batch; at least 1.</param>
    /// <returns>Which of them this process computes; none if there are fewer samples than processes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public Share Begin(int batchSize)
    {
        var share = Share.Of(batchSize, _peers.Rank, _peers.Size);
        _batch = batchSize;
        if (_team.IsAlone)
        {
            _network.zero_grad();
        }

        _team.Begin(isMeasured: false, batchSize, _ => 1);
        return share;
    }

    /// <summary>Adds up the gradients of all processes, and the losses.</summary>
    /// <param name="lossSum">The sum of the losses of this process's samples; 0 if it has none.</param>
    /// <returns>The mean loss over the global batch: the same number in all processes.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> was not called.</exception>
    /// <exception cref="PeersException">A process is missing, or the weights of two processes differ.</exception>
    public double Sum(double lossSum) => _batch > 0
        ? _team.Sum(_batch, new Totals(lossSum / _batch, Squares: 0, Inverses: 0, Parts: 0), rate: 0).Loss
        : throw new InvalidOperationException("Begin must be called before the gradients are summed.");

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => _team.Dispose();
}
