using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rubato.Cli.Launching;

/// <summary>A family of programs that start the processes of MPI; each has flags and messages of its own.</summary>
internal enum MpiFamily
{
    /// <summary>Open MPI up to 4: its own runtime, ORTE.</summary>
    OpenMpi,

    /// <summary>Open MPI from 5 on: PRRTE.</summary>
    Prrte,

    /// <summary>MPICH and what is built on it: Hydra.</summary>
    Hydra,
}

/// <summary>A program that starts the processes of MPI.</summary>
/// <param name="Family">Which flags it takes.</param>
/// <param name="Path">How it is called.</param>
/// <remarks>Immutable.</remarks>
internal sealed partial record MpiLauncher(MpiFamily Family, string Path)
{
    private const string Variable = "RUBATO_MPIRUN";
    private static readonly string[] Names = ["mpirun", "mpirun.openmpi", "mpiexec", "mpirun.mpich"];
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    /// <summary>Finds the launcher of this machine: that of RUBATO_MPIRUN, otherwise the first that is installed.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is of no known family.</exception>
    internal static MpiLauncher Find() => Find(Environment.GetEnvironmentVariable, Ask);

    /// <summary>The same with other variables and programs.</summary>
    /// <param name="variable">Reads a variable; null if it is not set.</param>
    /// <param name="ask">What a program answers to <c>--version</c>; null if it is not there.</param>
    internal static MpiLauncher Find(Func<string, string?> variable, Func<string, string?> ask)
    {
        if (variable(Variable) is { Length: > 0 } named)
        {
            return ask(named) is not { } answer
                ? throw Wrong(named, "but it cannot be run", "name a program such as /usr/bin/mpirun, or leave it out")
                : FamilyOf(answer) is { } family ? new MpiLauncher(family, named)
                : throw Wrong(named, "but its --version names neither Open MPI nor MPICH", "name the mpirun of one of them, or leave it out");
        }

        foreach (var name in Names)
        {
            if (ask(name) is { } answer && FamilyOf(answer) is { } family)
            {
                return new MpiLauncher(family, name);
            }
        }

        throw new InvalidInputException(new Finding(
            "--processes",
            null,
            "needs a launcher of MPI, and none of mpirun, mpirun.openmpi, mpiexec and mpirun.mpich is installed",
            $"install Open MPI, on Debian and Ubuntu the package openmpi-bin, or name an mpirun in {Variable}"));
    }

    /// <summary>The family that the answer to <c>--version</c> tells; null for none that is known.</summary>
    internal static MpiFamily? FamilyOf(string answer) =>
        answer.Contains("HYDRA", StringComparison.Ordinal) || answer.Contains("Intel(R) MPI", StringComparison.Ordinal) ? MpiFamily.Hydra
        : answer.Contains("PRRTE", StringComparison.Ordinal) ? MpiFamily.Prrte
        : OpenMpiVersion().Match(answer) is { Success: true } match
            ? match.Groups["major"].Value is ['1' or '2' or '3' or '4'] ? MpiFamily.OpenMpi : MpiFamily.Prrte
        : null;

    private static string? Ask(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            });
            if (process is null)
            {
                return null;
            }

            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(AnswerLimit))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static InvalidInputException Wrong(string named, string rule, string remedy) => new(new Finding(Variable, named, rule, remedy));

    // Open MPI's own name, or that of its runtime, which Debian prints.
    [GeneratedRegex(@"\((Open MPI|OpenRTE)\) (?<major>\d+)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenMpiVersion();
}
