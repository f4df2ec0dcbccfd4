using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed class NoiseCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Noise_Run_ApprovedText()
    {
        using var harness = new Harness();
        harness.Console.Profile.Capabilities.Unicode = true;

        Assert.Equal(0, harness.Run("noise", Written(), "--average", "20"));
        var trimmed = string.Join('\n', harness.Output.Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Commands/noise.approved.txt")), trimmed);
    }

    [Fact]
    public void Noise_Files_AreWrittenAndNamed()
    {
        using var harness = new Harness();
        Written();

        Assert.Equal(0, harness.Run("noise", _folder, "--svg", File("noise.svg"), "--csv", File("noise.csv")));
        Assert.EndsWith($"written: {File("noise.csv")}{Environment.NewLine}written: {File("noise.svg")}{Environment.NewLine}", harness.Output, StringComparison.Ordinal);
        Assert.Equal(61, System.IO.File.ReadAllLines(File("noise.csv")).Length);
        Assert.StartsWith("<?xml", System.IO.File.ReadAllText(File("noise.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--average|0", "--average is '0'; it must be a whole number of at least 1, for instance --average 100.")]
    [InlineData("--average|many", "--average is 'many'; it must be a whole number of at least 1, for instance --average 100.")]
    [InlineData("--svg|", "--svg is empty; name a file, for instance --svg noise.svg.")]
    public void Noise_WordsThatCannotBeUsed_OneSentence(string words, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["noise", Written(), .. words.Split('|')]));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Noise_FileOverWhatIsRead_OneSentence()
    {
        using var harness = new Harness();
        var file = Written();

        Assert.Equal(2, harness.Run("noise", file, "--csv", file));
        Assert.Equal($"error: RUN and --csv name the same file, '{file}'; name another one for each.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Noise_DamagedLine_ItsNumber()
    {
        using var harness = new Harness();
        var file = Written();
        var lines = System.IO.File.ReadAllLines(file);
        lines[6] = lines[6].Replace("\"batch\":64", "\"batch\":0", StringComparison.Ordinal);
        System.IO.File.WriteAllLines(file, lines);

        Assert.Equal(2, harness.Run("noise", file));
        Assert.Equal($"error: {file}, line 7: batch is 0, but must be at least 2.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Noise_NoRun_SaysWhatToName()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("noise"));
        Assert.Equal($"error: 'rubato noise' needs RUN; 'rubato noise --help' has an example.{Environment.NewLine}", harness.Error);
        Assert.Equal(2, harness.Run("noise", File("x")));
        Assert.EndsWith($"error: there is no '{File("x")}'; name a run folder, such as runs/NAME, or its noise.jsonl.{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
    }

    // Its noise scale grows from 50 to 1500 while its batch doubles twice.
    private string Written()
    {
        using var log = new NoiseLog(() => System.IO.File.Create(File("noise.jsonl")));
        var samples = 0L;
        for (var i = 0; i < 60; i++)
        {
            var batch = 64L << (i / 20);
            samples += 10 * batch;
            log.Append(new NoiseRecord(10 * (i + 1), samples, batch, 0.5, 25 * Math.Pow(30, i / 59.0) * (i % 2 == 0 ? 1.1 : 0.9)));
        }

        return File("noise.jsonl");
    }
}
