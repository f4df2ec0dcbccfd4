using System.Diagnostics;
using System.Globalization;
using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    public static TheoryData<string> KilledRuns => ["plain", "auto", "autowarmup", "guard", "adaptive", "exponential", "random", "range-test"];

    public static TheoryData<string> InterruptedRuns => [.. KilledRuns.Select(row => row.Data), "adam", "plateau", "polyak"];

    [Theory]
    [MemberData(nameof(KilledRuns))]
    public void Run_KilledAtAnyMoment_GoesOnAsIfNothingHadHappened(string kind)
    {
        var settings = Kind(kind);
        var unbroken = new LeavesCopies(_scratch.Folder, most: 4);
        Assert.Equal(RunStatus.Completed, _scratch.Run(settings, unbroken).Status);
        AssertIsOfItsKind(kind, unbroken);
        var expected = LeftRun.Content(unbroken.Folder);
        Assert.NotEmpty(unbroken.Copies);
        foreach (var copy in unbroken.Copies)
        {
            // Killed once more, as soon as it has begun.
            var again = new LeavesCopies(_scratch.Folder, most: 1);
            AssertGoesOn(settings, copy, again, expected);
            Assert.All(again.Copies, second => AssertGoesOn(settings, second, new LeavesCopies(_scratch.Folder, most: 0), expected));
        }
    }

    [Theory]
    [MemberData(nameof(InterruptedRuns))]
    public void Run_InterruptedAtAnyUpdate_GoesOnAsIfNothingHadHappened(string kind)
    {
        var settings = Kind(kind);
        var unbroken = new Scratch.Silent();
        var updates = _scratch.Run(settings, unbroken).Updates;
        var expected = LeftRun.Content(unbroken.Description!.Folder!);
        foreach (var update in (long[])[1, updates / 2])
        {
            using var source = new CancellationTokenSource();
            var interrupted = new CancelAt(update, source);
            var summary = _scratch.Run(settings, interrupted, source.Token);
            var folder = interrupted.Description!.Folder!;
            Assert.Equal((RunStatus.Interrupted, true), (summary.Status, Directory.Exists(summary.Checkpoint)));
            var resumed = new LeavesCopies(_scratch.Folder, most: 0);
            AssertGoesOn(settings, folder, resumed, expected);
            Assert.Equal((summary.Checkpoint, summary.Updates), (resumed.Resumed!.Checkpoint, resumed.Resumed.Updates));
        }
    }

    private TrainSettings Kind(string kind)
    {
        var usual = _scratch.Small with
        {
            Batch = 20,
            LearningRate = Rate.Parse("0.1"),
            SaveEvery = SaveInterval.Parse("4ba"),
        };
        return kind switch
        {
            "plain" => usual,
            "adam" => usual with { Optimizer = "adam", LearningRate = Rate.Parse("0.01"), WeightDecay = Schedule.Parse("0.01") },
            "auto" => usual with { LearningRate = Rate.Parse("auto"), Network = "mlp(16, norm batch)" },
            "autowarmup" => usual with { LearningRate = Rate.Parse("autowarmup"), Data = "glyphs(train 500)" },
            "plateau" => usual with { LearningRate = Rate.Parse("plateau(0.1)") },
            "polyak" => usual with { LearningRate = Rate.Parse("polyak") },
            "guard" => usual with { LearningRate = Rate.Parse("1e3"), Warmup = 0, Guard = true },
            "adaptive" => usual with { Batch = Batch.Parse("adaptive(8)"), Data = "glyphs(train 500)" },
            "exponential" => usual with
            {
                Network = "mlp(16, norm batch)",
                Rewrite = RewriteSequence.Parse("exponential"),
                WeightDecay = Schedule.Parse("5e-3"),
            },
            "random" => usual with
            {
                Network = "mlp(16, dropout 0.2)",
                Augment = "crop(2), flip",
                Tail = EpochTail.Cut,
                Batch = 45,
                MicroBatch = 12,
                MeasureNoise = 3,
                Epochs = 4,
            },
            "range-test" => usual with { LearningRate = Rate.Parse("one-cycle"), Data = "glyphs(train 1000)" },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    // A run of none of these would show nothing of its kind.
    private static void AssertIsOfItsKind(string kind, LeavesCopies run)
    {
        switch (kind)
        {
            case "auto":
                Assert.NotNull(run.Rehearsal);
                break;
            case "range-test":
                Assert.NotNull(run.RangeTest);
                break;
            case "guard":
                Assert.Contains(run.Events, record => record.Kind == EventKind.Rollback);
                break;
            default:
                Assert.NotEmpty(run.Steps);
                break;
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("auto")]
    [InlineData("autowarmup")]
    [InlineData("guard")]
    [InlineData("adaptive")]
    [InlineData("exponential")]
    public void Run_ProcessKilled_GoesOnAsIfNothingHadHappened(string kind)
    {
        var settings = Kind(kind) with { Name = kind };
        var unbroken = new LeavesCopies(_scratch.Folder, most: 0);
        _scratch.Run(settings, unbroken);
        var killed = settings with { Out = Path.Combine(_scratch.Folder, "killed") };
        var folder = Path.Combine(killed.Out, kind);
        KillAfter(new Random(kind.Length).Next(400), killed, Path.Combine(folder, "config.yaml"));
        AssertGoesOn(killed, folder, new LeavesCopies(_scratch.Folder, most: 0), LeftRun.Content(unbroken.Folder));
    }

    // A process that ends before is not killed; all that is asserted holds for it, too.
    private void KillAfter(int milliseconds, TrainSettings settings, string begun)
    {
        var configuration = Path.Combine(_scratch.Folder, "killed.yaml");
        File.WriteAllText(configuration, SettingsText.ToYaml(settings));
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Rubato.Cli.dll"), "train", "--config", configuration, "--quiet"];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!File.Exists(begun))
        {
            Assert.False(process.HasExited && !File.Exists(begun), $"The command ended with {(process.HasExited ? process.ExitCode : 0)}.");
            Thread.Sleep(1);
        }

        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
        Assert.Equal("", said.GetAwaiter().GetResult());
    }

    [Fact]
    public void Run_KilledBeforeItRemovedItsOldestCheckpoint_RemovesIt()
    {
        var listener = new LeavesCopies(_scratch.Folder, most: 0);
        _scratch.Run(Kind("plain"), listener);
        var checkpoints = Path.Combine(listener.Folder, "checkpoints");
        LeftRun.Copy(Path.Combine(checkpoints, "update-16"), Path.Combine(checkpoints, "update-12"));
        _scratch.Run(Kind("plain") with { Resume = new RunToResume(listener.Folder, ResumePolicy.Strict) });
        Assert.Equal(
            ["update-16", "update-20"],
            Directory.GetDirectories(checkpoints).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private void AssertGoesOn(
        TrainSettings settings, string folder, LeavesCopies listener, IReadOnlyDictionary<string, string> expected)
    {
        var newest = Directory.GetDirectories(Path.Combine(folder, "checkpoints"), "update-*")
            .Where(path => char.IsAsciiDigit(path[^1]))
            .Select(path => long.Parse(Path.GetFileName(path)["update-".Length..], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(-1)
            .Max();
        var summary = _scratch.Run(settings with { Resume = new RunToResume(folder, ResumePolicy.Strict) }, listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.Equal((newest < 0, Math.Max(newest, 0)), (listener.Resumed!.Checkpoint is null, listener.Resumed.Updates));
        Assert.Equal(expected, LeftRun.Content(folder));
    }

    /// <summary>
    /// Keeps what a run tells, and copies its folder at moments that are spread over it: at those of its searches, at its beginning, and
    /// as it goes on.
    /// </summary>
    private sealed class LeavesCopies(string scratch, int most) : Scratch.Silent
    {
        private readonly List<string> _copies = [];
        private long _moments;

        public IReadOnlyList<string> Copies => _copies;

        public string Folder { get; private set; } = "";

        public RunResumed? Resumed { get; private set; }

        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            See();
        }

        public override void OnEvent(TrainingEvent happened)
        {
            base.OnEvent(happened);
            Resumed = happened as RunResumed ?? Resumed;
            Folder = happened switch
            {
                RehearsalBegins begins => begins.Run.Folder!,
                RunDescription run => run.Folder!,
                _ => Folder,
            };
            if (Folder.Length > 0)
            {
                See();
            }
        }

        // The distances grow: most of what can go wrong does so at the beginning.
        private void See()
        {
            _moments++;
            if (_copies.Count < most && _moments >= Math.Pow(3, _copies.Count))
            {
                var copy = Path.Combine(scratch, Path.GetRandomFileName());
                LeftRun.Copy(Folder, copy);
                _copies.Add(copy);
            }
        }
    }
}
