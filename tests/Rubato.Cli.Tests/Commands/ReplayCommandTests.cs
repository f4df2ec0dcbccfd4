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

        Assert.StartsWith("     loss\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("minimum past\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nCooldown from a learning rate of ", harness.Output, StringComparison.Ordinal);
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
        Assert.Matches("(?m)^Cooldown from a learning rate of 0.0[0-9]+ after [0-9]+0 updates: the loss has its minimum behind it; ", harness.Output);
    }

    [Theory]
    [InlineData("2", "note: 260 of the 280 losses come after the 20 updates of 2 epochs, and are left out; give other --epochs or --steps-per-epoch if they belong to the run.")]
    [InlineData("1", "note: 270 of the 280 losses come after the 10 updates of 1 epoch, and are left out; give other --epochs or --steps-per-epoch if they belong to the run.")]
    [InlineData("28", null)]
    [InlineData("40", null)]
    public void Replay_LossesBeyondThePlan_AreCounted(string epochs, string? note)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("replay", "--losses", Valley(280), "--controller", "plateau", "--epochs", epochs, "--steps-per-epoch", "10"));
        Assert.Equal(note is null ? "" : note + Environment.NewLine, harness.Error);
    }

    [Fact]
    public void Replay_FewLosses_StillWarmingUp()
    {
        using var harness = new Harness();
        var losses = Written("2.5", "", "NaN", "2.25", "-Infinity");

        Assert.Equal(0, harness.Run("replay", "--losses", losses, "--epochs", "40", "--steps-per-epoch", "10"));
        Assert.EndsWith("\n\nStill warming up after 4 losses; the longest warm-up has 200 updates; no test.\n", harness.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--preset|papre", "--preset is 'papre'; it must be default or paper.")]
    [InlineData("--cooldown|sine", "--cooldown is 'sine'; it must be cosine, constant-then-cosine, half-cosine, or a schedule of factors, such as linear(1 -> 0).")]
    [InlineData("--epochs|0", "--epochs is '0'; it must be a whole number of at least 1, for instance --epochs 120.")]
    [InlineData("--preset|paper", "--preset paper counts epochs, but no epoch is known; add --steps-per-epoch N or --epochs N.")]
    [InlineData("--controller|plateau(1, every 1ep)", "--controller plateau(1, every 1ep) counts epochs, but no epoch is known; add --steps-per-epoch N or --epochs N.")]
    [InlineData("--controller|plateau|--preset|default", "--preset is 'default', but it is about autowarmup, and --controller is 'plateau'; leave --preset out.")]
    [InlineData("--controller|plateau(0.1, watch test-loss)", "--controller 'plateau(0.1, watch test-loss)', column 14: plateau watches test-loss here, which the losses of updates do not tell; leave watch out.")]
    [InlineData("--controller|polyak(2)", "--controller 'polyak(2)', column 1: polyak goes by gradients, too, which losses do not tell; write one of autowarmup, plateau.")]
    [InlineData("--controller|plateau(0.1)|--cooldown|cosine", "--cooldown is 'cosine', but it is about autowarmup, and --controller is 'plateau(0.1)'; leave --cooldown out.")]
    [InlineData("--controller|autowarmup(paper)|--preset|paper", "--preset is 'paper', but --controller 'autowarmup(paper)' says all of it; leave --preset out.")]
    [InlineData("--csv|", "--csv is empty; name a file, for instance --csv plan.csv.")]
    public void Replay_WordsThatCannotBeUsed_OneSentence(string words, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["replay", "--losses", Written("1", "2", "3"), .. words.Split('|')]));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
    }

    /// <summary>What the library says of them is the business of its own tests.</summary>
    [Theory]
    [InlineData("--cooldown|linear(1)", "--cooldown 'linear(1)', column 9: ")]
    [InlineData("--controller|platau", "--controller 'platau', column 1: ")]
    [InlineData("--controller|linear(0 -> 0.1, 3ba) then plateau(0.1)", "--controller is 'linear(0 -> 0.1, 3ba) then plateau(0.1)': what stands before the plateau lasts 3ba, ")]
    public void Replay_WordsThatTheLibraryRefuses_OneSentenceUnderTheirFlag(string words, string start)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["replay", "--losses", Written("1", "2", "3"), .. words.Split('|')]));
        Assert.StartsWith($"error: {start}", Assert.Single(harness.Error.TrimEnd().Split(Environment.NewLine)), StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_SeveralWrong_AllFindings()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("replay", "--losses", "none.txt", "--controller", "plateau", "--preset", "paper", "--cooldown", "cosine", "--epochs", "x"));
        Assert.Equal(4, harness.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Replay_LossesAndCsvTheSameFile_OneSentence()
    {
        var wrong = Written("1", "2");

        Assert.Equal("error: 'rubato replay' needs --losses; 'rubato replay --help' has an example.\n", Error());
        Assert.Equal($"error: --losses and --csv name the same file, '{wrong}'; name another one for --csv.\n", Error("--losses", wrong, "--csv", wrong));
    }

    [Fact]
    public void Replay_Plateau_EachReductionAndTheWhole()
    {
        using var harness = new Harness();
        var csv = Path.Combine(_folder, "decisions.csv");

        Assert.Equal(0, harness.Run(
            "replay", "--losses", Written("4", "3", "2", "2", "2", "2", "2"), "--csv", csv, "--controller", "linear(0.5 -> 1, 2ba) then plateau(1, factor 0.5, patience 1, every 1ba)"));

        Assert.EndsWith(
            $"""

            update 5  2 mean losses in a row no better than 2, the last 2: learning rate 1 to 0.5
            update 7  2 mean losses in a row no better than 2, the last 2: learning rate 0.5 to 0.25
            2 reductions in 7 updates and 5 means of losses, the best 2; the last learning rate is 0.5.
            written: {csv}

            """,
            harness.Output,
            StringComparison.Ordinal);
        Assert.Equal(
            ["step,learning_rate,phase,probability", "1,0.5,warmup,", "2,0.75,warmup,", "3,1,plateau,", "4,1,plateau,", "5,1,plateau,", "6,0.5,plateau,", "7,0.5,plateau,"],
            File.ReadAllLines(csv));
    }

    [Fact]
    public void Replay_PlateauAlone_FactorsAndAMeanAnEpoch()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("replay", "--losses", Written([.. Enumerable.Repeat("2", 30)]), "--controller", "plateau", "--epochs", "15"));
        Assert.EndsWith(
            """

            update 24  11 mean losses in a row no better than 2, the last 2: learning rate 1 to 0.1
            1 reduction in 30 updates and 15 means of losses, the best 2; the last learning rate is 0.1.

            """,
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_NoReduction_HowFarItIs()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("replay", "--losses", Written("3", "2", "2", "NaN"), "--controller", "plateau(0.1, every 1ba)"));
        Assert.EndsWith(
            "\n\nNo reduction in 4 updates and 4 means of losses, the best 2; the last 2 were no better, and more than 10 in a row would reduce the rate; the last learning rate is 0.1.\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_CooldownAsASchedule_ItsFactors()
    {
        using var harness = new Harness();
        var csv = Path.Combine(_folder, "decisions.csv");

        Assert.Equal(0, harness.Run("replay", "--losses", Valley(400), "--csv", csv, "--cooldown", "0.25"));
        var rates = File.ReadLines(csv).Where(row => row.Contains("cooldown", StringComparison.Ordinal)).Select(row => row.Split(',')[1]).Distinct();
        Assert.Single(rates);
    }

    [Fact]
    public void Replay_ControllerAsText_AsTheFlagsSay()
    {
        using var flags = new Harness();
        using var text = new Harness();
        var losses = Valley(400);

        Assert.Equal(0, flags.Run("replay", "--losses", losses, "--epochs", "40", "--preset", "paper", "--cooldown", "half-cosine"));
        Assert.Equal(0, text.Run("replay", "--losses", losses, "--epochs", "40", "--controller", "autowarmup(paper, cooldown half-cosine)"));
        Assert.Equal(flags.Output, text.Output);
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
