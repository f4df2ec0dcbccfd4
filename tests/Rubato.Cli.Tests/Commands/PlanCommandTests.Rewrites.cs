namespace Rubato.Cli.Tests.Commands;

public sealed partial class PlanCommandTests
{
    private const string Decay = "multi-step(0.1, gamma 0.2, at 60ep 120ep 160ep)";

    // Smith et al. 2018, Figure 5, from its first plan alone.
    [Theory]
    [InlineData("grow-batch(max 5120)", "   2   29,188  10,242,304        0.1          5,120       0.032  390.6 .. 3.125")]
    [InlineData("scale-batch(5), grow-batch(max 5120)", "   2    6,453  10,238,080        0.5          5,120       0.032  390.6 .. 3.125")]
    [InlineData("scale-batch(5), raise-momentum(0.98), grow-batch(max 5120)", "   2    2,352  10,241,280        0.5          5,120      0.0064  390.6 .. 3.125")]
    public void Plan_RewritesOfThePaper_ItsUpdates(string rewrites, string row)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", Decay, "--length", "204.8ep", "--data-size", "50000", "--rewrite", rewrites));
        Assert.StartsWith($"1 {Decay}\n2 {Decay}, {rewrites.Split(' ')[0]}", harness.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"""
            plan  updates     samples  peak rate  largest batch  final rate     noise scale
               1   80,000  10,240,000        0.1            128        8e-4  390.6 .. 3.125
            {row}
            noise scale (small batch): lr N / ((1 - m) B), at the first and the last update

            """,
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Rewrite_TheRewrittenPlanInFilesAndBothInTheDrawing()
    {
        using var harness = new Harness();
        var (svg, csv, json) = (Path.Combine(_folder, "plan.svg"), Path.Combine(_folder, "plan.csv"), Path.Combine(_folder, "plan.json"));

        Assert.Equal(
            0,
            harness.Run(
                "plan", "multi-step(0.4, gamma 0.5, at 1ep)", "--length", "2ep", "--data-size", "1000", "--batch", "10", "--momentum", "0.5", "--rewrite", "grow-batch",
                "--svg", svg, "--csv", csv, "--json", json));
        Assert.EndsWith($"written: {json}\nwritten: {svg}\nwritten: {csv}\n", harness.Output, StringComparison.Ordinal);
        Assert.Equal("table(0ep: 10, 1ep: 20)", PlanJson.Read(File.ReadAllText(json)).BatchSize.ToString());
        var lines = File.ReadAllLines(csv);
        Assert.Equal("step,epoch,samples,learning_rate,batch_size,momentum,weight_decay,noise_scale", lines[0]);
        Assert.Equal(["1,0.01,10,0.4,10,0.5,0,80", "101,1.02,1020,0.4,20,0.5,0,40"], [lines[1], lines[101]]);
        Assert.Equal(151, lines.Length);
        var drawing = File.ReadAllText(svg);
        Assert.Contains(">multi-step(0.4, gamma 0.5, at 1ep)<", drawing, StringComparison.Ordinal);
        Assert.Contains(">multi-step(0.4, gamma 0.5, at 1ep), grow-batch<", drawing, StringComparison.Ordinal);
        Assert.Contains(">noise (small batch)<", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RewriteOfAPlanFile_ItsTwin()
    {
        using var harness = new Harness();
        var path = WriteFile("warm.json", """{"version": 1, "length": "2ep", "samples_per_epoch": 1000, "learning_rate": 0.1, "batch_size": 10}""");
        var after = Path.Combine(_folder, "after.json");

        Assert.Equal(0, harness.Run("plan", path, "--rewrite", "scale-batch(3)", "--micro-batch", "8", "--json", after));
        Assert.StartsWith("1 warm\n2 warm, scale-batch(3, multiple 8)\n", harness.Output, StringComparison.Ordinal);
        Assert.Equal(24, PlanJson.Read(File.ReadAllText(after)).BatchSize);
    }

    [Fact]
    public void Plan_RewriteOfSeveralPlans_EachBeforeItsTwin()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "cosine(0.1 -> 0)", "constant(0.2)", "--length", "2ep", "--data-size", "6400", "--rewrite", "grow-batch(max 640)"));
        Assert.StartsWith(
            "1 cosine(0.1 -> 0)\n2 cosine(0.1 -> 0), grow-batch(max 640)\n3 0.2\n\n", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nnote on plan 3: grow-batch(max 640) changes nothing here.\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RewriteThatChangesNothing_OnePlanAndANote()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "constant(0.1)", "--length", "2ep", "--data-size", "6400", "--rewrite", "grow-batch"));
        Assert.EndsWith(
            "\nweight decay               0\nnoise scale (small batch)  50\nnote: grow-batch changes nothing here.\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RewriteOfAConfiguration_OfItsOptimizerAndMicroBatch()
    {
        using var harness = new Harness();
        var path = WriteFile("run.yaml", "lr: 0.001\noptimizer: adam\nmicro-batch: 48\nrewrite: \"scale-batch(2, rule square-root)\"\n");

        Assert.Equal(0, harness.Run("plan", "--config", path, "--data-size", "10000"));
        Assert.Contains(", scale-batch(2, multiple 48, rule square-root)\n", harness.Output.Replace(" \n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith(
            "\nnote: the noise scale is that of stochastic gradient descent; for adam it has the same form, without the theory.\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RaisedMomentum_WhatItCosts()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", Decay, "--length", "204.8ep", "--data-size", "50000", "--batch", "640", "--rewrite", "raise-momentum(0.98)"));
        Assert.EndsWith(
            "\nnote on plan 2: the momentum buffer fills in 3.2 epochs instead of 0.128, which loses 3.02 epochs more at the start; plan for them.\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RewriteOfUnknownData_BothPlansWithoutTheNoiseScale()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.csv");

        Assert.Equal(0, harness.Run("plan", "0.1", "--length", "500ba", "--rewrite", "raise-momentum(0.95, max 512)", "--csv", path));
        Assert.DoesNotContain("noise scale (", harness.Output, StringComparison.Ordinal);
        Assert.Contains(
            "\nnote: the noise scale is left out, as the size of the training set is not known; add --data-size N or --data SET.\n", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(",weight_decay", File.ReadLines(path).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "the learning rate of auto is a share of the rate that is found when training begins, over what finding it leaves of the budget.")]
    [InlineData("clr(triangular, cycles 2)", "the learning rate is a share of the maximum that a range test finds when training begins; its base is drawn as a quarter of it.")]
    public void Plan_RewriteOfARateToBeFound_InShares(string rate, string note)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", rate, "--length", "3ep", "--data-size", "6400", "--rewrite", "grow-batch"));
        Assert.EndsWith($"\nnote: {note}\nnote: the noise scale is counted in the same shares.\n", harness.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--noise-scale|small-batch", "noise scale (small batch)  5")]
    [InlineData("--noise-scale|exact", "noise scale (exact)  4")]
    [InlineData("--noise-scale|exact|--rewrite|grow-batch(max 300)", "noise scale (exact)  4")]
    [InlineData("--rewrite|grow-batch(max 300, form exact)", "noise scale (exact)  4")]
    [InlineData("--noise-scale|small-batch|--rewrite|grow-batch(max 300, form exact)", "noise scale (small batch)  5")]
    public void Plan_NoiseScale_InTheFormThatIsAskedForOrKept(string words, string row)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", "constant(0.1)", "--length", "2ep", "--data-size", "1000", "--batch", "200", .. words.Split('|')]));
        Assert.Contains($"\n{row}\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains($"\n{row.Split("  ")[0]}\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ExactNoiseScaleOfHugeBatches_NoneAndANote()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "constant(0.1)", "--length", "9ep", "--data-size", "100", "--noise-scale", "exact"));
        Assert.EndsWith(
            "\nnoise scale (exact)  0\nnote: a batch of the whole training set or more has no noise: the exact noise scale is 0 there.\n", harness.Output, StringComparison.Ordinal);
    }

    private string WriteFile(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
