using System.Diagnostics;
using System.Globalization;

namespace Rubato.Torch.Tests.Parallel;

/// <summary>Starts a program several times under an MPI launcher.</summary>
internal sealed class MpiRun : IDisposable
{
    // A loaded machine of two cores starts three programs in a few seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private MpiRun(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What there may be on a machine: the launchers' names.</summary>
    internal static string[] Libraries { get; } = ["openmpi", "mpich"];

    /// <summary>The launcher's process, whose group the others are in.</summary>
    internal int Id => _process.Id;

    /// <summary>Whether a library's launcher is installed.</summary>
    internal static bool Has(string library) => Find(library) is not null;

    /// <summary>Starts the program.</summary>
    /// <param name="library">Whose launcher.</param>
    /// <param name="processes">How many.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="arguments">What is started: a program and its arguments.</param>
    internal static MpiRun Start(
        string library, int processes, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        var launcher = Find(library);
        Assert.SkipWhen(launcher is null, $"mpirun.{library} is not installed.");
        string[] own = library == "openmpi" ? ["--oversubscribe", "--bind-to", "none"] : [];
        var start = new ProcessStartInfo(launcher, [.. own, "-n", processes.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";
        return new MpiRun(Process.Start(start)!);
    }

    /// <summary>The program of several processes, for <see cref="Start"/>.</summary>
    internal static string[] Program(params IEnumerable<string> arguments) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "Rubato.Processes.dll"), .. arguments];

    /// <summary>Waits for the end.</summary>
    /// <returns>The launcher's exit code, and all that was written.</returns>
    internal (int Code, string Output, string Error) End()
    {
        if (!_process.WaitForExit(Limit))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"The launcher did not end within {Limit.TotalSeconds} s: {_output.Result} {_error.Result}");
        }

        return (_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string? Find(string library) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, $"mpirun.{library}"))
        .FirstOrDefault(File.Exists);
}
