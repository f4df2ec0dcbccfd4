using System.Runtime.InteropServices;

namespace Rubato.Cli.Console;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation; a second one ends the process as if nobody listened.</summary>
/// <remarks>Safe for use by several threads: signals arrive on one of their own.</remarks>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action _beforeEnd;
    private int _signals;

    /// <summary>Waits for signals once <see cref="Listen"/> was called.</summary>
    /// <param name="beforeEnd">Leaves the terminal as it should be when a second signal is about to end the process.</param>
    internal Interruption(Action beforeEnd) => _beforeEnd = beforeEnd;

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>How an interrupted command ends: 143 after SIGTERM, otherwise 130.</summary>
    internal int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Listens until both results are disposed.</summary>
    /// <returns>The registrations.</returns>
    internal (PosixSignalRegistration Interrupt, PosixSignalRegistration Terminate) Listen()
    {
        void Handle(PosixSignalContext context) => context.Cancel = Receive(context.Signal);
        return (PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
    }

    /// <summary>A signal has arrived.</summary>
    /// <param name="signal">Which.</param>
    /// <returns>Whether the process goes on for now.</returns>
    internal bool Receive(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            _beforeEnd();
            return false;
        }

        ExitCode = signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        _source.Cancel();
        return true;
    }

    /// <summary>Releases the cancellation; call after the registrations are gone.</summary>
    public void Dispose() => _source.Dispose();
}
