using System.Globalization;
using Rubato.Rewrites;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class PlanCommandTests
{
    private const string Steps = "multi-step(0.1, gamma 0.1, at 80ep 120ep)";

    // Li and Arora 2019: 391 updates an epoch, the rate of their figures, and the growth that the authors name.
    [Fact]
    public void Plan_TexpOfThePaper_ItsGrowth()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", Steps, "--weight-decay", "5e-4", "--length", "300ep", "--data-size", "50000", "--tail", "cut", "--rewrite", "texp"]));
        Assert.StartsWith($"1 {Steps}\n2 {Steps}, texp\n\nlearning rate\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nexponential rate (logarithmic)\n10^12.65 ", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            exponential rate      highest 10^12.65 at update 31,280 (epoch 80); lowest 10^-1.00 at update 1 (epoch 0.003)
              epochs 0 .. 80      10^-1.00 .. 10^12.65, grows 1.4812-fold an epoch
              epochs 80 .. 120    10^11.65 .. 10^12.33, grows 1.0399-fold an epoch
              epochs 120 .. 300   10^11.33 .. 10^11.64, grows 1.0039-fold an epoch
              beyond float32      never
              buffer corrections  3, before updates 1; 31,281; 46,921
            note: the last batch of an epoch is cut to 80 samples.

            """,
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TexpWithoutDrops_BesideTheConstantRate()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", Steps, "--weight-decay", "5e-4", "--length", "300ep", "--data-size", "50000", "--rewrite", "texp--(corrections none)"]));
        Assert.StartsWith(
            $"1 {Steps}\n2 {Steps}, constant rate\n3 {Steps}, constant rate, texp--(corrections none)\n".ReplaceLineEndings(""),
            harness.Output.ReplaceLineEndings(""),
            StringComparison.Ordinal);
        Assert.EndsWith(
            """
            plan  updates     samples  peak rate  largest batch  final rate
               1  117,188  15,000,064        0.1            128       0.001
               2  117,188  15,000,064        0.1            128         0.1
            exponential rate of plan 2  highest 10^13.62 at update 117,188 (epoch 300.001); lowest 10^-1.00 at update 1 (epoch 0.003)
              epochs 0 .. 80            10^-1.00 .. 10^12.64, grows 1.4807-fold an epoch
              epochs 80 .. 120          10^12.64 .. 10^13.32, grows 1.0399-fold an epoch
              epochs 120 .. 300         10^13.32 .. 10^13.62, grows 1.0039-fold an epoch
              beyond float32            never
              buffer corrections        3 left out, before updates 1; 31,251; 46,876

            """,
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExponentialAfterGrowth_FilesOfTheGrownPlan()
    {
        using var harness = new Harness();
        var (svg, csv, json) = (Path.Combine(_folder, "plan.svg"), Path.Combine(_folder, "plan.csv"), Path.Combine(_folder, "plan.json"));
        const string Rate = "multi-step(0.4, gamma 0.5, at 1ep)";
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(2),
            SamplesPerEpoch = 1000,
            LearningRate = Schedule.Parse(Rate),
            BatchSize = 10,
            Momentum = 0.5,
            WeightDecay = 1e-2,
            Groups = [new GroupSettings("head", LearningRate: 0.1)],
        });

        Assert.Equal(
            0,
            harness.Run(
                "plan", Rate, "--length", "2ep", "--data-size", "1000", "--batch", "10", "--momentum", "0.5", "--weight-decay", "1e-2", "--groups", "head(lr 0.1)",
                "--rewrite", "grow-batch, exponential", "--noise-scale", "exact", "--svg", svg, "--csv", csv, "--json", json));

        var grown = new GrowBatch().Apply(plan);
        Assert.Equal(grown, new TrainingPlan(PlanJson.Read(File.ReadAllText(json))));
        var lines = File.ReadAllLines(csv);
        Assert.Equal(
            "step,epoch,samples,learning_rate,batch_size,momentum,weight_decay,noise_scale,log10_exponential_rate,log10_growth,"
            + "head.learning_rate,head.momentum,head.weight_decay,head.log10_exponential_rate,head.log10_growth",
            lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal(grown.ToExponential().EnumerateUpdates().Select(update => update.LogRate / Math.Log(10)), rows.Select(row => row[8]));
        Assert.Equal(grown.ToExponential(group: "head").EnumerateUpdates().Select(update => update.LogRate / Math.Log(10)), rows.Select(row => row[13]));
        var drawing = File.ReadAllText(svg);
        Assert.Contains($">{Rate}, grow-batch, exponential<", drawing, StringComparison.Ordinal);
        Assert.Contains($">{Rate}, grow-batch, exponential: group head<", drawing, StringComparison.Ordinal);
        Assert.Contains(">exponential rate<", drawing, StringComparison.Ordinal);
        Assert.Contains("\nexponential rate of head of plan 3  highest ", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\nnote: {json} holds the plan with weight decay, since growing rates leave every range; read it with --rewrite exponential.\nwritten: {json}\nwritten: {svg}\nwritten: {csv}\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    // The rate doubles twice at each update, up to 2^39999.
    [Fact]
    public void Plan_RatesBeyondEveryRange_DrawnByTheirExponents()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "constant(1)", "--momentum", "0", "--weight-decay", "0.5", "--length", "20000ba", "--rewrite", "exponential"));
        Assert.Contains("\nexponential rate (logarithmic)\n10^12040.9", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            exponential rate       highest 10^12040.90 at update 20,000; lowest 10^0.30 at update 1
              updates 1 .. 20,000  10^0.30 .. 10^12040.90, grows 4.0000-fold an update
              beyond float32       first 10^38.83 at update 65

            """,
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExponentialOfGrowthThatChangesNothing_ThePlanAndANote()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "constant(0.1)", "--length", "2ep", "--data-size", "6400", "--weight-decay", "5e-4", "--rewrite", "grow-batch, exponential"));
        Assert.StartsWith("1 0.1\n2 0.1, exponential\n", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nnote: grow-batch changes nothing here.\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExponentialOfAPlanFile_AsItsNoteSays()
    {
        using var first = new Harness();
        using var again = new Harness();
        var path = Path.Combine(_folder, "held.json");
        string[] words = ["--length", "2ep", "--data-size", "6400", "--weight-decay", "5e-4"];

        Assert.Equal(0, first.Run(["plan", "multi-step(0.1, gamma 0.1, at 1ep)", .. words, "--rewrite", "texp--(corrections none)", "--json", path]));
        Assert.Contains("; read it with --rewrite \"texp--(corrections none)\".\n", first.Output, StringComparison.Ordinal);
        Assert.Equal(0, again.Run("plan", path, "--rewrite", "texp--(corrections none)"));
        Assert.StartsWith("1 held\n2 held, texp--(corrections none)\n", again.Output, StringComparison.Ordinal);
        Assert.Equal(Tail(first.Output), Tail(again.Output));

        static string Tail(string output) => output[output.IndexOf("  epochs 0 .. 1", StringComparison.Ordinal)..].Split("note")[0].Replace(" ", "", StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExponentialOfSeveralPlans_EachWithItsOwn()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "cosine(0.1 -> 0)", "constant(0.1)", "--length", "2ep", "--data-size", "6400", "--weight-decay", "5e-4", "--rewrite", "exponential"));
        Assert.StartsWith("1 cosine(0.1 -> 0)\n2 cosine(0.1 -> 0), exponential\n3 0.1\n4 0.1, exponential\n\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nexponential rate of plan 1 ", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nexponential rate of plan 3 ", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExponentialWhoseConditionsFail_NothingWritten()
    {
        using var harness = new Harness();
        string[] files = ["--svg", Path.Combine(_folder, "a.svg"), "--csv", Path.Combine(_folder, "a.csv"), "--json", Path.Combine(_folder, "a.json")];

        Assert.Equal(2, harness.Run(["plan", "table(0ba: 0.1, 9ba: 1)", "--length", "20ba", "--weight-decay", "5e-3", "--rewrite", "texp", .. files]));
        Assert.StartsWith("error: --rewrite 'texp', update 10, at sample 1152: ", harness.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
