using System.Globalization;
using Rubato.Cli.Commands;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Tests.Commands;

public sealed class AveragedFlagTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public static TheoryData<string> Recorded { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "curves"), "*.csv").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Recorded))]
    public void NoteOn_LossesOfRangeTests_OnlyWhereTheyAreAverages(string name)
    {
        double[] losses = [.. Curve(name).Points.Select(point => point.Loss)];
        Assert.Null(AveragedFlag.NoteOn(losses));
        Assert.EndsWith("add --averaged 0.98.", AveragedFlag.NoteOn(Averaged(losses, 0.98)), StringComparison.Ordinal);
        Assert.NotNull(AveragedFlag.NoteOn(Averaged(losses, 0.95)));
    }

    [Fact]
    public void Recorded_Curves_AreAllThere() => Assert.Equal(42, Recorded.Count);

    [Theory]
    [InlineData("mlp-bn-sgd-s0.csv")]
    [InlineData("glyphs-sgd-s0.csv")]
    [InlineData("full-sgd-s1.csv")]
    public void Find_AveragesThatAreUndone_TheAnswerOfTheLosses(string name)
    {
        var curve = Curve(name);
        var (raw, averages) = (Written("raw.csv", curve, keep: 0), Written("averages.csv", curve, 0.98));
        using var expected = new Harness();
        Assert.Equal(0, expected.Run("find", "--from", raw, "--quiet"));
        Assert.Empty(expected.Error);

        using var undone = new Harness();
        Assert.Equal(0, undone.Run("find", "--from", averages, "--averaged", "0.98", "--quiet"));
        Assert.Equal(expected.Output, undone.Output);
        Assert.Empty(undone.Error);

        using var taken = new Harness();
        Assert.Equal(0, taken.Run("find", "--from", averages, "--quiet"));
        Assert.NotEqual(expected.Output, taken.Output);
        Assert.StartsWith("note: the losses are too smooth to be those of single batches: only ", taken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("find|--from|FILE|--averaged|1", "--averaged is 1; it must be above 0 and below 1, for instance --averaged 0.98.")]
    [InlineData("find|--from|FILE|--averaged|0", "--averaged is 0; it must be above 0 and below 1, for instance --averaged 0.98.")]
    [InlineData("find|--from|FILE|--averaged|nan", "--averaged is nan; it must be above 0 and below 1, for instance --averaged 0.98.")]
    [InlineData("find|--from|FILE|--averaged|most", "--averaged is 'most'; it must be a number, for instance --averaged 0.98.")]
    [InlineData("find|--averaged|0.98", "--averaged is 0.98, but it is about a curve that was recorded; add --from FILE, or leave --averaged out.")]
    [InlineData("find|--from|GAPS|--averaged|0.98", "--averaged is 0.98, but the log leaves out updates, and what was averaged cannot be told without them; log every update.")]
    [InlineData("replay|--losses|FILE|--averaged|2", "--averaged is 2; it must be above 0 and below 1, for instance --averaged 0.98.")]
    public void Run_WrongValue_OneSentence(string words, string sentence)
    {
        var file = Written("curve.csv", Curve("mlp-sgd-s0.csv"), keep: 0.98);
        var gaps = Path.Combine(_folder, "gaps.csv");
        File.WriteAllLines(gaps, ["iteration,learning_rate,loss", .. Enumerable.Range(1, 20).Select(i => $"{10 * i},{i},2")]);
        using var harness = new Harness();
        var said = words.Replace("FILE", file, StringComparison.Ordinal).Replace("GAPS", gaps, StringComparison.Ordinal).Split('|');
        Assert.Equal(2, harness.Run(said is ["find", "--averaged", _] ? ["find", "--averaged", "0.98"] : said));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Replay_AveragesThatAreUndone_TheDecisionsOfTheLosses()
    {
        var curve = Curve("mlp-bn-sgd-s0.csv");
        var (raw, averages) = (Written("raw.csv", curve, keep: 0), Written("averages.csv", curve, 0.98));
        using var expected = new Harness();
        Assert.Equal(0, expected.Run("replay", "--losses", raw));
        Assert.Empty(expected.Error);

        using var undone = new Harness();
        Assert.Equal(0, undone.Run("replay", "--losses", averages, "--averaged", "0.98"));
        Assert.Equal(expected.Output, undone.Output);

        using var taken = new Harness();
        Assert.Equal(0, taken.Run("replay", "--losses", averages));
        Assert.Contains("add --averaged 0.98.", taken.Error, StringComparison.Ordinal);
    }

    private static RangeCurve Curve(string name) =>
        RecordedCurves.Read(Path.Combine(AppContext.BaseDirectory, "curves", name), "curve").Runs[0];

    private static double[] Averaged(double[] losses, double keep)
    {
        var (sum, factor) = (0.0, 1.0);
        return
        [
            .. losses.Select(loss =>
            {
                (sum, factor) = ((keep * sum) + ((1 - keep) * loss), factor * keep);
                return sum / (1 - factor);
            }),
        ];
    }

    private string Written(string name, RangeCurve curve, double keep)
    {
        var path = Path.Combine(_folder, name);
        var losses = Averaged([.. curve.Points.Select(point => point.Loss)], keep);
        File.WriteAllLines(
            path, ["learning_rate,loss", .. curve.Points.Zip(losses, (point, loss) => string.Create(CultureInfo.InvariantCulture, $"{point.LearningRate:R},{loss:R}"))]);
        return path;
    }
}
