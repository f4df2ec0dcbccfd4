using System.Diagnostics;
using System.Globalization;

namespace Rubato.Torch.Tests.Parallel;

/// <summary>What a training by several processes, or by one, has left.</summary>
/// <param name="Decisions">All that was decided, by rank.</param>
/// <param name="Weights">The file of its weights.</param>
internal sealed record ProcessesRun(string[][] Decisions, string Weights)
{
    /// <summary>Trains by one process.</summary>
    /// <param name="folder">Where its folder is made.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="flags">Those of <c>rubato train</c>.</param>
    internal static ProcessesRun Alone(string folder, string type, params string[] flags)
    {
        var own = Path.Combine(folder, "one");
        var command = MpiRun.Program(Arguments(own, type, flags));
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Read(own, 1, process.ExitCode, $"{string.Join(' ', flags)}: {said}{error.Result}");
    }

    /// <summary>Trains by several processes.</summary>
    /// <param name="library">Whose launcher starts them.</param>
    /// <param name="processes">How many.</param>
    /// <param name="folder">Where its folder is made.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="flags">Those of <c>rubato train</c>.</param>
    internal static ProcessesRun Of(string library, int processes, string folder, string type, params string[] flags)
    {
        var own = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{library}{processes}"));
        using var run = MpiRun.Start(library, processes, environment: null, MpiRun.Program(Arguments(own, type, flags)));
        var (code, output, error) = run.End();
        return Read(own, processes, code, $"{string.Join(' ', flags)}: {output}{error}");
    }

    private static string[] Arguments(string folder, string type, string[] flags) =>
        ["train", folder, type, .. flags, "--out", folder, "--name", "run"];

    private static ProcessesRun Read(string folder, int processes, int code, string said)
    {
        Assert.True(code == 0, said);
        return new ProcessesRun(
            [.. Enumerable.Range(0, processes).Select(rank => File.ReadAllLines(Path.Combine(folder, $"rank-{rank}.txt")))],
            Path.Combine(folder, "run", "model.safetensors"));
    }
}
