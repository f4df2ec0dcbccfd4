namespace Rubato.Cli.Tests;

/// <summary>How many bytes some work allocates.</summary>
internal static class Allocations
{
    private const int Times = 5;

    /// <summary>The fewest bytes of several times, after a first that does not count: the runtime itself may allocate now and then, as when it compiles anew.</summary>
    /// <param name="work">Does the same each time.</param>
    public static long Of(Action work)
    {
        work();
        var fewest = long.MaxValue;
        for (var time = 0; time < Times; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
