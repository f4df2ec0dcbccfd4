namespace Rubato.Cli.Console;

/// <summary>What a command that has started processes and these processes tell each other.</summary>
/// <remarks>The processes write lines to their error output; the command writes words to the input of the first one.</remarks>
internal static class LaunchProtocol
{
    /// <summary>The variable that tells a process that a command watches it.</summary>
    internal const string Variable = "RUBATO_LAUNCHED";

    /// <summary>The word that asks the first process to end the run.</summary>
    internal const string Stop = "stop";

    /// <summary>The word that asks it for a checkpoint.</summary>
    internal const string Save = "save";

    /// <summary>Begins the line by which a process tells where it is: <c>rubato-process RANK HOST PID</c>.</summary>
    internal const string Process = "rubato-process";

    /// <summary>Begins the line by which the first process tells the run's folder.</summary>
    internal const string Run = "rubato-run";

    /// <summary>Begins the line by which the first process tells how the run has ended, where all came to their end.</summary>
    internal const string Ending = "rubato-ended";
}
