namespace Rubato.Cli.Tests.Commands;

public sealed partial class FindCommandTests
{
    [Theory]
    [InlineData("--start-lr|low", "--start-lr is 'low'; it must be a number, for instance --start-lr 1e-5.")]
    [InlineData("--start-lr|0", "--start-lr is 0; it must be a finite number above 0, for instance --start-lr 1e-5.")]
    [InlineData("--start-lr|2|--end-lr|1", "--start-lr is 2, but --end-lr is 1, and the rate must rise; write a --start-lr below 1.")]
    [InlineData("--spacing|log", "--spacing is 'log'; it must be exponential or linear.")]
    [InlineData("--iterations|9", "--iterations is 9; it must be at least 10 and at most 2147483647, for instance --iterations 400.")]
    [InlineData("--iterations|1.5", "--iterations is '1.5'; it must be a whole number of at most 2147483647, for instance --iterations 300.")]
    [InlineData("--iterations|20|--epochs|1", "--iterations is 20, and --epochs is 1, which says the same; leave one of them out.")]
    [InlineData("--base-divisor|0.5", "--base-divisor is 0.5; it must be a finite number of at least 1, for instance --base-divisor 3.")]
    [InlineData("--base-divisor|NaN", "--base-divisor is NaN; it must be a finite number of at least 1, for instance --base-divisor 3.")]
    [InlineData("--smoothing|none", "--smoothing is 'none'; it must be gp, average, or average(beta) with beta at least 0 and below 1, for instance average(0.9).")]
    [InlineData("--momentum|0.8,, 0.9", "--momentum is '0.8,, 0.9', where a value is missing; separate values by commas, for instance --momentum \"0.8, 0.9, 0.95\".")]
    [InlineData("--momentum|0.8, 0.8", "--momentum is '0.8, 0.8', where 0.8 stands 2 times; write each value once.")]
    [InlineData("--momentum|0.8, 1", "--momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95.")]
    [InlineData("--weight-decay|0, -1", "--weight-decay is -1; it must be a finite number of at least 0, for instance --weight-decay 5e-4.")]
    [InlineData("--lr|0.1", "Unknown flag '--lr'; 'rubato find --help' lists what there is.")]
    [InlineData("--csv|a.x|--json|./a.x", "--csv and --json name the same file, 'a.x'; name another one for each.")]
    [InlineData("--svg|", "--svg is empty; name a file, for instance --svg find.svg.")]
    [InlineData("--json|/dev/null", "--json is '/dev/null', which is a device; name a file, for instance --json find.json.")]
    public void Find_WordsThatCannotBeUsed_OneSentence(string line, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["find", .. line.Split('|')]));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
        Assert.Empty(harness.Output);
        Assert.Null(harness.AskedFind);
    }

    [Fact]
    public void Find_SeveralMistakes_AllReportedAtOnceAndNothingWritten()
    {
        using var harness = new Harness();
        var missing = Path.Combine(_folder, "none");

        Assert.Equal(
            2, harness.Run("find", "--rule", "vally", "--repeats", "0", "--batch", "0", "--svg", Path.Combine(missing, "a.svg"), "--csv", Path.Combine(_folder, "a.csv")));
        Assert.Equal(
            $"""
            error: --repeats is 0; it must be at least 1 and at most 100, for instance --repeats 3.
            error: --rule is 'vally'; it must be one of lowest, accuracy, valley, slide, steep, minimum. Did you mean 'valley'?
            error: --batch is 0; it must be a whole number of at least 1, for instance --batch 256.
            error: --svg is '{missing}/a.svg', but there is no folder '{missing}'; make it first, or name another file.

            """,
            harness.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Find_FlagsOfATrainingBesideARecordedCurve_EachRefused()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "curve.csv");
        WriteCurve(path);

        Assert.Equal(2, harness.Run("find", "--from", path, "--network", "mlp", "--config", "a.yaml", "--repeats", "3", "--batch", "0", "--csv", path));
        Assert.Equal(
            $"""
            error: --network is 'mlp', but --from reads a curve that was recorded, and trains nothing; leave --network out.
            error: --config is 'a.yaml', but --from reads a curve that was recorded, and trains nothing; leave --config out.
            error: --repeats is '3', but --from reads a curve that was recorded, and trains nothing; leave --repeats out.
            error: --batch is '0'; beside --from it must be a whole number of at least 1, for instance --batch 128.
            error: --from and --csv name the same file, '{path}'; name another one for each.

            """,
            harness.Error);
    }
}
