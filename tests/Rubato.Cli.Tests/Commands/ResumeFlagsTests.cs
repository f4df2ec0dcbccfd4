using Rubato.Cli.Settings;
using Rubato.Runs;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;

namespace Rubato.Cli.Tests.Commands;

public sealed class ResumeFlagsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_Resume_TheRunsConfigurationWithTheFlagsOverIt()
    {
        var run = Run("epochs: 3\nbatch: 64\nseed: 5\n").Path;
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("train", "--resume", run, "--epochs", "4", "--resume-policy", "same-epoch"));

        Assert.Equal(
            new TrainSettings { Epochs = 4, Batch = 64, Seed = 5, Resume = new RunToResume(run, ResumePolicy.SameEpoch) }, harness.Asked);
    }

    [Theory]
    [InlineData("strict", ResumePolicy.Strict)]
    [InlineData("keep", ResumePolicy.Keep)]
    [InlineData("use-new", ResumePolicy.UseNew)]
    [InlineData("same-epoch", ResumePolicy.SameEpoch)]
    public void Train_ResumePolicy_ByItsWord(string word, ResumePolicy policy)
    {
        var run = Run("epochs: 3\n").Path;
        using var harness = new Harness();
        harness.Run("train", "--resume", run, "--resume-policy", word);
        Assert.Equal(policy, harness.Asked!.Resume!.Policy);
    }

    [Fact]
    public void Train_ResumeWithAllThatNamesAnotherRun_SaysAllAtOnce()
    {
        var run = Run("epochs: 3\n").Path;
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("train", "--resume", run, "--config", "x.yaml", "--out", "other", "--name", "x", "--resume-policy", "new"));

        Assert.Equal(
            [
                "error: --resume-policy is 'new'; it must be strict, keep, use-new or same-epoch, for instance --resume-policy use-new.",
                $"error: --config is 'x.yaml', but --resume {run} has a configuration of its own; leave it out.",
                $"error: --out is 'other', but --resume {run} goes on in its own folder; leave it out.",
                $"error: --name is 'x', but --resume {run} goes on in its own folder; leave it out.",
            ],
            harness.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            StringComparer.Ordinal);
        Assert.Null(harness.Asked);
    }

    [Fact]
    public void Train_ResumeOfNoRun_SaysWhatIsMissing()
    {
        using var harness = new Harness();
        var nowhere = Path.Combine(_folder, "nowhere");

        Assert.Equal(2, harness.Run("train", "--resume", nowhere));
        Assert.Equal(
            $"error: --resume is '{nowhere}', which does not exist; name the folder of a run, for instance runs/first.{Environment.NewLine}",
            harness.Error);
        Assert.Equal(2, harness.Run("train", "--resume", _folder));
        Assert.Contains("which is no run folder: it has no config.yaml beside a steps.jsonl", harness.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_PolicyWithoutARun_IsRefused()
    {
        using var harness = new Harness();
        Assert.Equal(2, harness.Run("train", "--resume-policy", "keep"));
        Assert.Equal(
            $"error: --resume-policy is 'keep', but no run goes on; write --resume RUN, or leave it out.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Train_ResumeOfAFinishedRun_SaysSoAndTrainsNothing()
    {
        var run = Finished();
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("train", "--resume", run));

        Assert.StartsWith("finished: test accuracy ", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith($"{run}; a greater --epochs or --length makes the run longer.\n", harness.Output, StringComparison.Ordinal);
        Assert.Null(harness.Asked);
    }

    [Fact]
    public void Train_ResumeOfAFinishedRunWithoutItsWeights_GoesOn()
    {
        var run = Finished();
        File.Delete(Path.Combine(run, "model.safetensors"));
        using var harness = new Harness();

        harness.Run("train", "--resume", run);

        Assert.NotNull(harness.Asked);
    }

    [Fact]
    public void Train_ResumeOfAFinishedRunWithMoreEpochs_GoesOn()
    {
        var run = Finished();
        using var harness = new Harness();

        harness.Run("train", "--resume", run, "--epochs", "9");

        Assert.Equal(9, harness.Asked!.Epochs);
    }

    private RunFolder Run(string configuration)
    {
        var folder = RunFolder.Create(_folder, "night", "run");
        folder.WriteConfiguration(configuration);
        return folder;
    }

    private string Finished()
    {
        var folder = Run("epochs: 3\n");
        folder.WriteSummary(Harness.Summary(RunStatus.Completed));
        folder.WriteWeights([TensorEntry.From("a", "U8", [1], new byte[] { 1 })]);
        return folder.Path;
    }
}
