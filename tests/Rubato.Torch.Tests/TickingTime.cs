namespace Rubato.Torch.Tests;

/// <summary>A clock that moves by a second each time it is read, whatever the machine's does.</summary>
internal sealed class TickingTime : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => ++_seconds;
}
