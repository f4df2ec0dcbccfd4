using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

/// <summary>Six changes by four policies: what a run that was interrupted after 25 of 40 updates comes to.</summary>
public sealed partial class TrainingSessionTests
{
    private const string Optimizer = "Optimizer is 'adam', but the run has 'sgd', and no policy changes it within a run; leave it out, or begin a new run.";
    private const string Remedy = "; give what the run has, or choose a resume policy: keep, use-new or same-epoch.";

    /// <summary>The change, the policy, and what is said, or updates and samples at the end, the first rate, the first batch.</summary>
    public static TheoryData<string, ResumePolicy, string, long, long, double, long> Policies => new()
    {
        { "longer", ResumePolicy.Strict, $"Length is '6ep', but the run has '4ep'{Remedy}", 0, 0, 0, 0 },
        { "longer", ResumePolicy.Keep, "", 40, 800, 0.01, 20 },
        { "longer", ResumePolicy.UseNew, "", 60, 1200, 0.01, 20 },
        { "longer", ResumePolicy.SameEpoch, "", 60, 1200, 0.01, 20 },
        { "shorter", ResumePolicy.Strict, $"Length is '2ep', but the run has '4ep'{Remedy}", 0, 0, 0, 0 },
        { "shorter", ResumePolicy.Keep, "", 40, 800, 0.01, 20 },
        { "shorter", ResumePolicy.UseNew, "", 25, 500, 0, 0 },
        { "shorter", ResumePolicy.SameEpoch, "", 25, 500, 0, 0 },
        {
            "decay",
            ResumePolicy.Strict,
            $"LearningRate is 'multi-step(0.1, gamma 0.1, at 3ep)', but the run has 'multi-step(0.1, gamma 0.1, at 2ep)'{Remedy}",
            0, 0, 0, 0
        },
        { "decay", ResumePolicy.Keep, "", 40, 800, 0.01, 20 },
        { "decay", ResumePolicy.UseNew, "", 40, 800, 0.1, 20 },
        { "decay", ResumePolicy.SameEpoch, "", 40, 800, 0.1, 20 },
        { "batch", ResumePolicy.Strict, $"BatchSize is 50, but the run has 20{Remedy}", 0, 0, 0, 0 },
        { "batch", ResumePolicy.Keep, "", 40, 800, 0.01, 20 },
        { "batch", ResumePolicy.UseNew, "", 31, 800, 0.01, 50 },
        { "batch", ResumePolicy.SameEpoch, "", 31, 800, 0.01, 50 },
        { "data", ResumePolicy.Strict, "Data is '400 samples, SHA-256 ", 0, 0, 0, 0 },
        { "data", ResumePolicy.Keep, "", 40, 800, 0.01, 20 },
        { "data", ResumePolicy.UseNew, "", 80, 1600, 0.1, 20 },
        { "data", ResumePolicy.SameEpoch, "", 55, 1600, 0.01, 20 },
        { "optimizer", ResumePolicy.Strict, Optimizer, 0, 0, 0, 0 },
        { "optimizer", ResumePolicy.Keep, Optimizer, 0, 0, 0, 0 },
        { "optimizer", ResumePolicy.UseNew, Optimizer, 0, 0, 0, 0 },
        { "optimizer", ResumePolicy.SameEpoch, Optimizer, 0, 0, 0, 0 },
    };

    private TrainSettings FourEpochs => _scratch.Small with
    {
        Batch = 20,
        Epochs = 4,
        LearningRate = Rate.Parse("multi-step(0.1, gamma 0.1, at 2ep)"),
        SaveEvery = SaveInterval.Parse("5ba"),
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Run_ChangedAndResumed_AsThePolicySays(
        string change, ResumePolicy policy, string refusal, long updates, long samples, double rate, long batch)
    {
        var folder = InterruptedAt(25, FourEpochs);
        var before = Content(folder);
        var changed = Changed(change) with { Resume = new RunToResume(folder, policy) };
        var seen = new LeavesCopies(_scratch.Folder, most: 0);
        if (refusal.Length > 0)
        {
            Assert.StartsWith(
                refusal, Assert.Throws<InvalidInputException>(() => _scratch.Run(changed, seen)).Message, StringComparison.Ordinal);
            Assert.Equal(before, Content(folder));
            return;
        }

        var summary = _scratch.Run(changed, seen);

        Assert.Equal((RunStatus.Completed, updates, samples), (summary.Status, summary.Updates, summary.Samples));
        Assert.Equal(25, seen.Resumed!.Updates);
        if (rate > 0)
        {
            Assert.Equal((26L, rate, batch), (seen.Steps[0].Step, Math.Round(seen.Steps[0].LearningRate, 12), seen.Steps[0].BatchSize));
        }

        // A rate that jumps does not do so without a word.
        Assert.Equal(policy == ResumePolicy.Keep ? 0 : 1, seen.Resumed.Notes.Count);
        Assert.Equal(
            rate == 0.1, seen.Resumed.Notes.Any(note => note.Contains("the learning rate goes from 0.01 to 0.1", StringComparison.Ordinal)));
    }

    // After a new plan was accepted, it is the run's own.
    [Fact]
    public void Run_ResumedUnderANewPlanAndInterruptedAgain_GoesOnUnderTheNewOne()
    {
        var folder = InterruptedAt(25, FourEpochs);
        var changed = FourEpochs with { Epochs = 6 };
        using var source = new CancellationTokenSource();
        _scratch.Run(changed with { Resume = new RunToResume(folder, ResumePolicy.UseNew) }, new CancelAt(30, source), source.Token);

        var summary = _scratch.Run(changed with { Resume = new RunToResume(folder, ResumePolicy.Strict) });

        Assert.Equal((RunStatus.Completed, 60), (summary.Status, summary.Updates));
        Assert.Contains("\nepochs: 6\n", File.ReadAllText(Path.Combine(folder, "config.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6.0, true)]
    [InlineData(3.0, false)]
    public void Run_FinishedAndGivenAnotherLength_OnlyAGreaterOneNeedsNoPolicy(double epochs, bool goesOn)
    {
        var whole = new Scratch.Silent();
        _scratch.Run(FourEpochs, whole);
        var changed = FourEpochs with { Epochs = epochs, Resume = new RunToResume(whole.Description!.Folder!, ResumePolicy.Strict) };

        if (goesOn)
        {
            Assert.Equal(60, _scratch.Run(changed).Updates);
        }
        else
        {
            Assert.StartsWith("Length is '3ep'", Assert.Throws<InvalidInputException>(() => _scratch.Run(changed)).Message, StringComparison.Ordinal);
        }
    }

    private TrainSettings Changed(string change) => change switch
    {
        "longer" => FourEpochs with { Epochs = 6 },
        "shorter" => FourEpochs with { Epochs = 2 },
        "decay" => FourEpochs with { LearningRate = Rate.Parse("multi-step(0.1, gamma 0.1, at 3ep)") },
        "batch" => FourEpochs with { Batch = 50 },
        "data" => FourEpochs with { Data = "glyphs(train 400)" },
        "optimizer" => FourEpochs with { Optimizer = "adam" },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private string InterruptedAt(long update, TrainSettings settings)
    {
        using var source = new CancellationTokenSource();
        var interrupted = new CancelAt(update, source);
        Assert.Equal(update, _scratch.Run(settings, interrupted, source.Token).Updates);
        return interrupted.Description!.Folder!;
    }

    private static Dictionary<string, string> Content(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);
}
