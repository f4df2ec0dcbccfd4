using System.Runtime.InteropServices;
using Rubato.Torch;

namespace Rubato.Cli.Console;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancellation; a second one ends the process as if nobody listened. SIGUSR1 asks for a checkpoint.
/// </summary>
/// <remarks>Safe for use by several threads: signals arrive on one of their own.</remarks>
internal sealed class Interruption : IDisposable
{
    // Of Linux, and of macOS; Windows has none. .NET takes the raw numbers of signals that it has no names for.
    private const int LinuxUser1 = 10;
    private const int MacUser1 = 30;

    private readonly CancellationTokenSource _source = new();
    private readonly Action _beforeEnd;
    private Action? _alsoBeforeEnd;
    private int _signals;

    /// <summary>Waits for signals once <see cref="Listen"/> was called.</summary>
    /// <param name="beforeEnd">Leaves the terminal as it should be when a second signal is about to end the process.</param>
    internal Interruption(Action beforeEnd) => _beforeEnd = beforeEnd;

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>Made by SIGUSR1.</summary>
    internal SaveRequest SaveRequest { get; } = new();

    /// <summary>How an interrupted command ends: 143 after SIGTERM, otherwise 130.</summary>
    internal int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Listens until the result is disposed.</summary>
    /// <returns>The registrations.</returns>
    internal IDisposable Listen()
    {
        void Handle(PosixSignalContext context) => context.Cancel = Receive(context.Signal);
        List<PosixSignalRegistration> made =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
        if (!OperatingSystem.IsWindows())
        {
            var user = (PosixSignal)(OperatingSystem.IsMacOS() ? MacUser1 : LinuxUser1);
            made.Add(PosixSignalRegistration.Create(user, context =>
            {
                context.Cancel = true;
                SaveRequest.Make();
            }));
        }

        return new Registrations(made);
    }

    /// <summary>Does something more when a second signal is about to end the process.</summary>
    /// <param name="action">What is done, on another thread.</param>
    /// <returns>It is done until this is disposed.</returns>
    internal IDisposable BeforeEnd(Action action)
    {
        Volatile.Write(ref _alsoBeforeEnd, action);
        return new Until(() => Volatile.Write(ref _alsoBeforeEnd, null));
    }

    /// <summary>A signal has arrived.</summary>
    /// <param name="signal">Which.</param>
    /// <returns>Whether the process goes on for now.</returns>
    internal bool Receive(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            _alsoBeforeEnd?.Invoke();
            _beforeEnd();
            return false;
        }

        ExitCode = signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        _source.Cancel();
        return true;
    }

    /// <summary>Ends the command as Ctrl-C does; a second time changes nothing.</summary>
    internal void Stop() => _source.Cancel();

    /// <summary>Releases the cancellation; call after the registrations are gone.</summary>
    public void Dispose() => _source.Dispose();

    private sealed class Until(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Registrations(List<PosixSignalRegistration> made) : IDisposable
    {
        public void Dispose() => made.ForEach(registration => registration.Dispose());
    }
}
