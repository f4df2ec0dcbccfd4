namespace Rubato.Cli.Console;

/// <summary>How the command ends.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int InvalidInput = 2;

    /// <summary>A shell's 128 + SIGINT.</summary>
    internal const int Interrupted = 130;

    /// <summary>A shell's 128 + SIGTERM.</summary>
    internal const int Terminated = 143;
}
