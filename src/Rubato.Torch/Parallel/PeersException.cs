namespace Rubato.Torch.Parallel;

/// <summary>
/// The processes of a run cannot go on together: one of them is missing, they differ, or their engine failed. The message is one sentence
/// that names the process and the remedy.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed class PeersException : Exception
{
    /// <summary>Reports a failure.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="cause">What it came from; null for nothing.</param>
    public PeersException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>
    /// Whether this process is the one to say it, where all that are left know it: the first of them. True where only this one knows.
    /// </summary>
    public bool IsSaidHere { get; init; } = true;
}
