using Rubato.Control;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>
/// The snapshots for a guard's decisions: the good one, the candidate, and the first one if a restart is possible.
/// </summary>
internal sealed class SafetyNet : IDisposable
{
    /// <summary>The name of the snapshot that every safety net has.</summary>
    internal const string GoodName = "good";

    private readonly Snapshot? _first;
    private Snapshot _good;
    private Snapshot _candidate;

    /// <summary>Takes all of them; to be made before the first update.</summary>
    internal SafetyNet(Module network, Optimizer optimizer, bool mayRestart)
    {
        _good = Snapshot.Take(network, optimizer);
        _candidate = Snapshot.Take(network, optimizer);
        _first = mayRestart ? Snapshot.Take(network, optimizer) : null;
    }

    /// <summary>The snapshots by the names that they are saved under.</summary>
    internal IReadOnlyList<KeyValuePair<string, Snapshot>> Named =>
        _first is null
            ? [new(GoodName, _good), new("candidate", _candidate)]
            : [new(GoodName, _good), new("candidate", _candidate), new("first", _first)];

    /// <summary>Keeps or restores a snapshot, as the guard has decided.</summary>
    internal void Obey(GuardDecision decision)
    {
        switch (decision)
        {
            case GuardDecision.Keep:
                (_good, _candidate) = (_candidate, _good);
                _candidate.Retake();
                break;
            case GuardDecision.RollBack:
                _good.Restore();
                _candidate.Retake();
                break;
            case GuardDecision.Restart when _first is not null:
                _first.Restore();
                _good.Retake();
                _candidate.Retake();
                break;
            case GuardDecision.Restart:
                throw new InvalidOperationException("The guard asked for a restart, but the first snapshot was not kept.");
            default:
                break;
        }
    }

    public void Dispose()
    {
        _good.Dispose();
        _candidate.Dispose();
        _first?.Dispose();
    }
}
