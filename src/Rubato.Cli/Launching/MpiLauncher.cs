using System.ComponentModel;
using System.Diagnostics;

namespace Rubato.Cli.Launching;

/// <summary>A program that starts processes: <c>mpirun</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">Whose it is.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MpiLauncher(string Path, LauncherKind Kind)
{
    private static readonly string[] Names = ["mpirun", "mpirun.openmpi", "mpiexec", "mpirun.mpich", "mpiexec.hydra"];

    /// <summary>Finds the launcher: that of RUBATO_MPIRUN, otherwise the first that is installed.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is of no known kind.</exception>
    internal static MpiLauncher Find()
    {
        var named = Environment.GetEnvironmentVariable("RUBATO_MPIRUN");
        foreach (var name in named is { Length: > 0 } ? [named] : Names)
        {
            if (VersionOf(name) is { } version)
            {
                return KindOf(version) is { } kind ? new MpiLauncher(name, kind) : throw new InvalidInputException(new Finding(
                    "RUBATO_MPIRUN", name, "which is no launcher of Open MPI or MPICH", "name one that is"));
            }
        }

        throw new InvalidInputException(named is { Length: > 0 }
            ? new Finding("RUBATO_MPIRUN", named, "which cannot be started", "name an mpirun that is installed, or leave it out")
            : new Finding(
                "--processes",
                null,
                "needs mpirun, which is not installed",
                "install Open MPI (Debian: apt-get install openmpi-bin) or MPICH, or name yours in RUBATO_MPIRUN"));
    }

    /// <summary>Whose launcher it is, by what it says of its version; null if it is of no known kind.</summary>
    internal static LauncherKind? KindOf(string version) =>
        version.Contains("PRRTE", StringComparison.OrdinalIgnoreCase) || version.Contains("Open MPI) 5", StringComparison.Ordinal)
            ? LauncherKind.OpenMpi5
        : version.Contains("OpenRTE", StringComparison.Ordinal) || version.Contains("Open MPI", StringComparison.Ordinal)
            ? LauncherKind.OpenMpi
        : version.Contains("HYDRA", StringComparison.OrdinalIgnoreCase) || version.Contains("Intel(R) MPI", StringComparison.Ordinal)
            ? LauncherKind.Hydra
        : null;

    private static string? VersionOf(string name)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, ["--version"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var version = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return version + error.GetAwaiter().GetResult();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>Whose launcher it is.</summary>
internal enum LauncherKind
{
    /// <summary>Open MPI up to 4.</summary>
    OpenMpi,

    /// <summary>Open MPI from 5 on, whose options of the run-time system have other names.</summary>
    OpenMpi5,

    /// <summary>MPICH and its family.</summary>
    Hydra,
}
