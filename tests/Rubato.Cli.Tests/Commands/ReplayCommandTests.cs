using System.Globalization;

namespace Rubato.Cli.Tests.Commands;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replay_LossesThatRise_SaysWhereAndWritesEveryUpdate()
    {
        using var harness = new Harness();
        var csv = Path.Combine(_folder, "decisions.csv");

        Assert.Equal(0, harness.Run("replay", "--losses", Valley(400), "--csv", csv));

        Assert.StartsWith("Cooldown from a learning rate of ", harness.Output, StringComparison.Ordinal);
        Assert.Contains("the loss has its minimum behind it", harness.Output, StringComparison.Ordinal);
        var rows = File.ReadAllLines(csv);
        Assert.Equal(401, rows.Length);
        Assert.Equal("step,learning_rate,phase,probability", rows[0]);
        Assert.Equal("1,1E-05,warmup,", rows[1]);
        Assert.StartsWith("400,", rows[^1], StringComparison.Ordinal);
        Assert.Contains(",cooldown,", rows[^1], StringComparison.Ordinal);
        var last = double.Parse(rows[^1].Split(',')[1], CultureInfo.InvariantCulture);
        Assert.InRange(last, 1e-12, 1e-3);
    }

    [Fact]
    public void Replay_Paper_SwitchesAtTheEndOfAnEpoch()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("replay", "--losses", Valley(400), "--preset", "paper", "--steps-per-epoch", "10", "--epochs", "40", "--cooldown", "constant-then-cosine"));
        Assert.Matches("^Cooldown from a learning rate of 0.0[0-9]+ after [0-9]+0 updates: the loss has its minimum behind it; ", harness.Output);
    }

    [Fact]
    public void Replay_FewLosses_StillWarmingUp()
    {
        using var harness = new Harness();
        var losses = Written("2.5", "", "NaN", "2.25", "-Infinity");

        Assert.Equal(0, harness.Run("replay", "--losses", losses, "--epochs", "40", "--steps-per-epoch", "10"));
        Assert.Equal("Still warming up after 4 losses; the longest warm-up has 200 updates; no test.\n", harness.Output);
    }

    [Theory]
    [InlineData("--preset|papre", "--preset is 'papre'; it must be default or paper.")]
    [InlineData("--cooldown|sine", "--cooldown is 'sine'; it must be cosine, constant-then-cosine or half-cosine.")]
    [InlineData("--epochs|0", "--epochs is '0'; it must be a whole number of at least 1, for instance --epochs 120.")]
    [InlineData("--preset|paper", "--preset paper tests once an epoch, but no epoch is known; add --steps-per-epoch N or --epochs N.")]
    [InlineData("--csv|", "--csv is empty; name a file, for instance --csv plan.csv.")]
    public void Replay_WordsThatCannotBeUsed_OneSentence(string words, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["replay", "--losses", Written("1", "2", "3"), .. words.Split('|')]));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Replay_FileThatCannotBeUsed_OneSentence()
    {
        var wrong = Written("1", "two");
        var empty = Path.Combine(_folder, "empty.txt");
        File.WriteAllText(empty, "\n");

        Assert.Equal("error: 'rubato replay' needs --losses; 'rubato replay --help' has an example.\n", Error());
        Assert.Equal("error: --losses is 'none.txt', but there is no such file; name a file with one loss a line.\n", Error("--losses", "none.txt"));
        Assert.Equal($"error: --losses is '{empty}', which holds no loss; there must be one a line.\n", Error("--losses", empty));
        Assert.Equal($"error: --losses and --csv name the same file, '{wrong}'; name another one for --csv.\n", Error("--losses", wrong, "--csv", wrong));
        Assert.Equal(
            $"error: --losses '{wrong}', line 2: 'two' is no number; there must be one loss a line, such as 2.3026 or NaN.\n", Error("--losses", wrong));
    }

    private static string Error(params string[] words)
    {
        using var harness = new Harness();
        Assert.Equal(2, harness.Run(["replay", .. words]));
        return harness.Error;
    }

    // Falls until update 120 of the 200 of the longest warm-up, where the rate is 0.01, and rises from there.
    private string Valley(int count) =>
        Written([.. Enumerable.Range(0, count).Select(i => (2.5 - (0.01 * Math.Min(i, 120)) + (0.04 * Math.Max(i - 120, 0)) + (0.05 * Math.Sin(7.0 * i))).ToString("R", CultureInfo.InvariantCulture))]);

    private string Written(params string[] lines)
    {
        var path = Path.Combine(_folder, "losses.txt");
        File.WriteAllLines(path, lines);
        return path;
    }
}
