namespace Rubato.Cli.Tests.Commands;

public sealed partial class PlanCommandTests
{
    [Theory]
    [InlineData("--length|30ep", "'rubato plan' needs PLAN, --lr or --config; 'rubato plan --help' has an example.")]
    [InlineData("0.1", "The plan's length is missing; say it with --length, for instance --length 30ep, or with --epochs.")]
    [InlineData("0.1|--length|3ep", "The plan's length is '3ep', but the size of the training set is not known; add --data-size N or --data SET, or write --length in ba or sp.")]
    [InlineData("0.1|--length|3ba|--epochs|2", "--epochs is 2, and --length is '3ba', which says the same; leave one of them out.")]
    [InlineData("0.1|--lr|0.2|--length|3ba", "--lr is '0.2', but PLAN says the learning rate, too; leave one of them out.")]
    [InlineData("--lr|autowarmup|--length|3ba", "--lr is 'autowarmup': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.")]
    [InlineData("--lr|auto|--warmup|1.5|--length|3ba", "--warmup is 1.5; it must be at least 0 and below 1, for instance --warmup 0.1.")]
    [InlineData("--lr|auto * cosine(1 -> 0)|--warmup|0.1|--length|3ba", "--warmup is 0.1, but --lr is 'auto * cosine(1 -> 0)', whose schedule says how it warms up; write the warm-up into it, for instance --lr \"auto * warmup(cosine(1 -> 0), 0.1dur)\".")]
    [InlineData("0.1|--length|3ba|--data-size|0", "--data-size is '0'; it must be a whole number of at least 1, for instance --data-size 50000.")]
    [InlineData("0.1|--length|3ba|--data-size|5|--data|glyphs", "--data-size is '5', but --data says the size of the training set, too; leave one of them out.")]
    [InlineData("0.1|--length|3ba|--validation|0.1", "--validation is '0.1', but it is about --data, which is not given; add --data SET, or leave --validation out.")]
    [InlineData("0.1|--length|3ba|--data|glyphs(train 200)|--validation|2", "--validation is 2; it must be above 0 and below 1, for instance --validation 0.1.")]
    [InlineData("plateau(0.1, watch test-loss)|--length|3ba", "--lr is 'plateau(0.1, watch test-loss)': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.")]
    [InlineData("0.1|--length|3ba|--train-samples|5", "--train-samples is '5', but it is about --data, which is not given; add --data SET, or leave --train-samples out.")]
    [InlineData("0.1|--length|3ba|--momentum|1", "--momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95.")]
    [InlineData("0.1|--length|3ba|--tail|drop", "--tail is 'drop'; it must be carry or cut.")]
    [InlineData("0.1|--length|3ba|--every|2", "--every is '2', but it thins out the rows of --csv, which is not given; add --csv FILE, or leave --every out.")]
    [InlineData("0.1|0.2|--length|3ba|--csv|x.csv", "--csv holds one plan, but 2 are given; name one of them.")]
    [InlineData("0.1|0.2|--length|3ba|--json|x.json", "--json holds one plan, but 2 are given; name one of them.")]
    [InlineData("0.1|--length|3ba|--csv|", "--csv is empty; name a file, for instance --csv plan.csv.")]
    [InlineData("0.1|--length|3ba|--csv| ", "--csv is empty; name a file, for instance --csv plan.csv.")]
    [InlineData("0.1|--length|3ba|--json|/dev/null", "--json is '/dev/null', which is a device; name a file, for instance --json plan.json.")]
    [InlineData("0.1|--length|3ba|--svg|a.x|--csv|./a.x", "--svg and --csv name the same file, 'a.x'; name another one for each.")]
    [InlineData("0.1|--lenght|3ba", "Unknown flag '--lenght'; did you mean '--length'?")]
    [InlineData("0.1|--svg|--csv|x", "--svg needs a value, for instance --svg plan.svg.")]
    [InlineData("0.1|--length|3ba|--log|--log", "--log is given 2 times; give it once.")]
    [InlineData("0.1|--length|3ba|--rewrite|grow-batch", "--data-size is missing, but the largest batch depends on it; add --data-size N or --data SET, or give a largest batch and the form for small batches.")]
    [InlineData("0.1|--length|3ba|--rewrite|scale-batch(5, max 1000, form exact)", "--data-size is missing, but the exact noise scale depends on it; add --data-size N or --data SET, or give a largest batch and the form for small batches.")]
    [InlineData("constant(1)|--length|3ba|--rewrite|texp|--micro-batch|32", "--micro-batch is '32', but it rounds the batches of --rewrite, and texp changes none; leave --micro-batch out.")]
    [InlineData("polyak|--length|3ba|--rewrite|grow-batch", "--rewrite is 'grow-batch', but --lr is 'polyak': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out.")]
    [InlineData("auto|--length|3ba|--rewrite|texp", "--rewrite is 'texp', but the learning rate is found when training begins, and how texp grows depends on it; name a rate, or leave texp out.")]
    [InlineData("clr(triangular, cycles 2)|--length|3ep|--data-size|6400|--rewrite|exponential", "--rewrite is 'exponential', but the learning rate is found when training begins, and how exponential grows depends on it; name a rate, or leave exponential out.")]
    [InlineData("0.1|--length|3ba|--micro-batch|32", "--micro-batch is '32', but it rounds the batches of --rewrite, which is not given; add --rewrite REWRITES, or leave --micro-batch out.")]
    [InlineData("0.1|--length|3ba|--micro-batch|0|--rewrite|grow-batch(max 300)", "--micro-batch is 0; it must be at least 1, for instance --micro-batch 64.")]
    [InlineData("0.1|--length|3ba|--noise-scale|exact", "--noise-scale is 'exact', but the size of the training set is not known; add --data-size N or --data SET.")]
    [InlineData("0.1|--length|3ba|--data-size|5|--noise-scale|exat", "--noise-scale is 'exat'; it must be small-batch or exact.")]
    [InlineData("0.1|--length|3ba|--noise-scale|--log", "--noise-scale needs a value, for instance --noise-scale small-batch.")]
    public void Plan_WordsThatCannotBeUsed_OneSentence(string line, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["plan", .. line.Split('|')]));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
        Assert.Empty(harness.Output);
    }

    /// <summary>What the library says of them is the business of its own tests.</summary>
    [Theory]
    [InlineData("0.1|--length|3", "--length: '3' has no unit")]
    [InlineData("cosin(1 -> 0)|--length|3ba", "PLAN 'cosin(1 -> 0)', column 1: ")]
    [InlineData("--lr|cosin(1 -> 0)|--length|3ba", "--lr 'cosin(1 -> 0)', column 1: ")]
    [InlineData("--lr|auto * cosine(1->)|--length|3ba", "--lr 'auto * cosine(1->)', column 18: ")]
    [InlineData("0.1|--length|3ba|--rewrite|grow", "--rewrite 'grow', column 1: ")]
    [InlineData("0.1|--length|3ba|--rewrite|grow-batch(max 128)", "--rewrite is 'grow-batch(max 128)': batches may grow to 128, ")]
    [InlineData("0.1|--length|3ba|--rewrite|scale-batch(2, max 300), grow-batch(max 200)", "--rewrite 'scale-batch(2, max 300), grow-batch(max 200)', grow-batch(max 200): ")]
    [InlineData("0.1|--length|3ba|--data-size|1000|--rewrite|grow-batch", "--rewrite is 'grow-batch': batches may grow to 100, a tenth of the 1000 training samples, ")]
    [InlineData("constant(1)|--length|3ba|--weight-decay|0.1|--rewrite|texp", "--rewrite 'texp', update 1, at sample 0: ")]
    [InlineData("constant(1)|--length|3ba|--weight-decay|1e-3|--groups|head(weight-decay 9)|--rewrite|exponential", "--rewrite 'exponential', group 'head', update 1, at sample 0: ")]
    public void Plan_WordsThatTheLibraryRefuses_OneSentenceUnderTheirFlag(string line, string start)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(["plan", .. line.Split('|')]));
        AssertSentences(harness, start);
        Assert.Empty(harness.Output);
    }

    [Fact]
    public void Plan_FilesThatCannotBeWritten_AllReportedAndNothingWritten()
    {
        using var harness = new Harness();
        var missing = Path.Combine(_folder, "none");

        Assert.Equal(
            2,
            harness.Run("plan", "0.1", "--length", "3ba", "--svg", Path.Combine(missing, "a.svg"), "--csv", _folder, "--json", Path.Combine(_folder, "a.json"), "--every", "0"));
        Assert.Equal(
            $"""
            error: --svg is '{missing}/a.svg', but there is no folder '{missing}'; make it first, or name another file.
            error: --csv is '{_folder}', which is a folder; name a file, for instance --csv {_folder}/plan.csv.
            error: --every is '0'; it must be a whole number of at least 1, for instance --every 100.

            """,
            harness.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Plan_SeveralWrongSchedules_AllReportedOnce()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("plan", "cosin(1 -> 0)", "linar(1 -> 0)", "--momentum", "1", "--length", "3ba"));
        AssertSentences(harness, "PLAN 'cosin(1 -> 0)', column 1: ", "--momentum is 1; ", "PLAN 'linar(1 -> 0)', column 1: ");
    }

    [Fact]
    public void Plan_RewritesThatCannotBeUsed_AllReportedAndNothingWritten()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.svg");

        Assert.Equal(
            2,
            harness.Run("plan", "cosin(1 -> 0)", "--length", "3ba", "--rewrite", "grow", "--micro-batch", "0", "--noise-scale", "exat", "--svg", path, "--every", "5"));
        AssertSentences(
            harness,
            "--rewrite 'grow', column 1: ",
            "PLAN 'cosin(1 -> 0)', column 1: ",
            "--micro-batch is 0; ",
            "--noise-scale is 'exat'; ",
            "--every is '5', ");
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Plan_SeveralPlansWithoutRoom_EachByItsName()
    {
        using var harness = new Harness();
        var path = WriteFile("big.json", """{"version": 1, "length": "9ba", "learning_rate": 0.1, "batch_size": 999}""");

        Assert.Equal(2, harness.Run("plan", path, "constant(0.1)", "--length", "3ba", "--rewrite", "grow-batch(max 100)", "--svg", Path.Combine(_folder, "a.svg")));
        AssertSentences(
            harness,
            $"{path}: --rewrite is 'grow-batch(max 100)': batches may grow to 100, but the first is 999 ",
            "PLAN is 'constant(0.1)': --rewrite is 'grow-batch(max 100)': batches may grow to 100, but the first is 128 ");
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Plan_WrongMicroBatchBesideAPlanFile_OneSentence()
    {
        using var harness = new Harness();
        var path = WriteFile("big.json", """{"version": 1, "length": "9ba", "learning_rate": 0.1, "batch_size": 999}""");

        Assert.Equal(2, harness.Run("plan", path, "--rewrite", "grow-batch(max 5000)", "--micro-batch", "-3"));
        Assert.Equal($"error: --micro-batch is -3; it must be at least 1, for instance --micro-batch 64.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Plan_FileThatIsNoPlan_ItsNameAndWhy()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "bad.json");
        File.WriteAllText(path, """{"version": 1, "length": "3ba", "learning_rate": 0.1}""");

        Assert.Equal(2, harness.Run("plan", path, Path.Combine(_folder, "none.json")));
        Assert.StartsWith($"error: {path}: plan JSON, $: needs batch_size", harness.Error, StringComparison.Ordinal);
        Assert.Contains($"error: PLAN is '{_folder}/none.json', which cannot be read (", harness.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FlagsBesideAPlanFile_AreRefused()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("plan", "a.json", "--batch", "3", "--length", "3ba"));
        Assert.Equal(
            """
            error: --batch is '3', but a plan file says all of its plan; leave --batch out, or change the file.
            error: --length is '3ba', but a plan file says all of its plan; leave --length out, or change the file.

            """,
            harness.Error);
    }

    [Fact]
    public void Plan_MistakesInTheConfiguration_AreReported()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "run.yaml");
        File.WriteAllText(path, "batsh: 3\n");

        Assert.Equal(2, harness.Run("plan", "--config", path));
        Assert.Equal($"error: {path}, line 1: unknown key 'batsh'; did you mean 'batch'?{Environment.NewLine}", harness.Error);
    }

    private static void AssertSentences(Harness harness, params string[] starts)
    {
        var sentences = harness.Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(starts.Length, sentences.Length);
        Assert.All(starts.Zip(sentences), pair => Assert.StartsWith($"error: {pair.First}", pair.Second, StringComparison.Ordinal));
    }
}
