namespace Rubato.Torch;

/// <summary>Asks a run that goes on for a checkpoint, which it writes after the update in progress.</summary>
/// <remarks>Safe for use by several threads, such as a handler of signals.</remarks>
public sealed class SaveRequest
{
    private int _isMade;

    /// <summary>Asks.</summary>
    public void Make() => Volatile.Write(ref _isMade, 1);

    /// <summary>Whether there was a request since the last call.</summary>
    internal bool Take() => Volatile.Read(ref _isMade) == 1 && Interlocked.Exchange(ref _isMade, 0) == 1;
}
