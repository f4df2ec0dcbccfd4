namespace Rubato.Torch;

/// <summary>Lets one run at a time go on in the process, since libtorch's random state and number of threads belong to all of it.</summary>
internal static class SoleRun
{
    private static string? Running;

    /// <summary>Does work while no other is done.</summary>
    /// <param name="operation">What is done, for the message of a second one.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="InvalidOperationException">Other work goes on, on this thread or another.</exception>
    internal static T Do<T>(string operation, Func<T> work)
    {
        if (Interlocked.CompareExchange(ref Running, operation, comparand: null) is { } running)
        {
            throw new InvalidOperationException(
                $"A {operation} cannot begin while a {running} goes on in this process, since both would share libtorch's random state "
                + "and threads; begin it when the other has ended.");
        }

        try
        {
            return work();
        }
        finally
        {
            Volatile.Write(ref Running, null);
        }
    }
}
