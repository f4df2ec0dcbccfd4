namespace Rubato.RunCost;

/// <summary>The clock of what this process has computed, on all its threads: it stands still while other programs have the processor.</summary>
internal sealed class ProcessorTime : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
