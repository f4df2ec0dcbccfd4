using System.Runtime.InteropServices;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests;

/// <summary>The command with a scripted training run: two epochs of two updates.</summary>
internal sealed class Harness : IDisposable
{
    private readonly StringWriter _error = new();

    public TestConsole Console { get; } = new();

    public Interruption Interruption { get; } = new(() => { });

    public bool IsTerminal { get; init; }

    public string Command { get; init; } = "rubato";

    public bool Verbose { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Training Script { get; init; } = TwoEpochs;

    public RangeFinding FindScript { get; init; } = ScriptedFind.Run;

    public Rubato.Cli.Console.Verification VerifyScript { get; init; } = ScriptedVerify.Run;

    public Rubato.Cli.Console.Launching Launch { get; init; } = (_, _, _, _) => throw new NotSupportedException();

    public DatasetFetch Fetch { get; init; } = (_, _, _, _, _) => throw new NotSupportedException();

    /// <summary>What the script was asked for.</summary>
    public TrainSettings? Asked { get; private set; }

    /// <summary>What the script of range tests was asked for.</summary>
    public FindSettings? AskedFind { get; private set; }

    /// <summary>What the script of verifications was asked for.</summary>
    public VerifySettings? AskedVerify { get; private set; }

    public string Output => Console.Output;

    public string Error => _error.ToString();

    public static RangeTestRecord RangeTest { get; } = new()
    {
        BaseLr = 0.025,
        MaxLr = 0.31,
        Rule = "lowest",
        Confidence = 0.8,
        Reason = null,
        BatchSize = 128,
        Updates = 400,
        Samples = 51_200,
        Seconds = 3.1,
        Schedule = "one-cycle(0.31)",
    };

    public static RunDescription Description { get; } = new()
    {
        Folder = "runs/first",
        Data = "glyphs",
        TrainSamples = 10_000,
        TestSamples = 2_000,
        Network = "convnet",
        Parameters = 24_330,
        Optimizer = "sgd",
        LearningRate = "0.1",
        Epochs = 2,
        Samples = 20_000,
        Updates = 4,
        Device = "cpu",
        Threads = 2,
        MemoryFormat = "channels-last",
    };

    public int Run(params string[] args) => CommandLine.Run(
        args,
        new CommandEnvironment
        {
            Output = Console,
            IsTerminal = IsTerminal,
            Command = Command,
            Error = _error,
            Train = Train,
            Launch = Launch,
            Find = Find,
            Verify = Verify,
            Fetch = Fetch,
            Time = Time,
            Interruption = Interruption,
            Verbose = Verbose,
        });

    public void Dispose()
    {
        // People read what is not finite in words, on every screen.
        Assert.DoesNotContain("NaN", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", Output, StringComparison.Ordinal);
        Console.Dispose();
        _error.Dispose();
        Interruption.Dispose();
    }

    public static RunSummary Summary(RunStatus status) => new()
    {
        Status = status,
        TestAccuracy = 0.98765,
        TestLoss = 0.0512,
        TrainLoss = 0.0433,
        Updates = 4,
        Samples = 20_000,
        Seconds = 25.04,
        PeakLearningRate = 0.1,
        Seed = 0,
        Data = "glyphs",
        DataHash = "00ff",
        Network = "convnet",
        Parameters = 24_330,
        Optimizer = "sgd",
        Device = "cpu",
        Threads = 2,
        MemoryFormat = "channels-last",
        Versions = new Dictionary<string, string>(StringComparer.Ordinal),
    };

    public static EventRecord Rollback { get; } = new(1007, 2014, EventKind.Rollback, 0.1, double.NaN, 62);

    public static StepRecord Step(long step, double loss, double seconds) => new()
    {
        Step = step,
        Samples = step * 5_000,
        Epoch = step * 0.5,
        Loss = loss,
        LearningRate = 0.05,
        BatchSize = 5_000,
        Momentum = 0.9,
        WeightDecay = 0,
        GradientNorm = double.NaN,
        Seconds = seconds,
    };

    /// <summary>Updates at 4, 12, 16 and 20 seconds; the second epoch sees the cancellation after its first update.</summary>
    public static RunSummary TwoEpochs(TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        listener.OnEvent(Description);
        listener.OnStep(Step(1, 2.0, 4));
        listener.OnStep(Step(2, 1.0, 12));
        listener.OnEvent(new EpochRecord(1, 2, 10_000, 1.5, 0.75, 0.9, 0.05, 14));
        listener.OnStep(Step(3, 0.5, 16));
        if (cancellation.IsCancellationRequested)
        {
            var interrupted = Summary(RunStatus.Interrupted) with { Checkpoint = "runs/first/checkpoints/update-2" };
            listener.OnEvent(interrupted);
            return interrupted;
        }

        listener.OnStep(Step(4, double.NaN, 20));
        listener.OnEvent(new EpochRecord(2, 4, 20_000, double.NaN, 0.0512, 0.98765, 0, 25));
        listener.OnEvent(Summary(RunStatus.Completed));
        return Summary(RunStatus.Completed);
    }

    /// <summary>As <see cref="TwoEpochs"/>, with a signal that arrives while it runs.</summary>
    public static Harness Interrupted(PosixSignal signal, bool isTerminal = false)
    {
        Harness? harness = null;
        harness = new Harness
        {
            IsTerminal = isTerminal,
            Script = (settings, listener, time, cancellation) =>
            {
                Assert.True(harness?.Interruption.Receive(signal));
                return TwoEpochs(settings, listener, time, cancellation);
            },
        };
        return harness;
    }

    private RunSummary Train(TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        Asked = settings;
        return Script(settings, listener, time, cancellation);
    }

    private MeasuredRange Find(FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        AskedFind = settings;
        return FindScript(settings, listener, time, cancellation);
    }

    private VerificationOutcome Verify(VerifySettings settings, Listener listener, CancellationToken cancellation)
    {
        AskedVerify = settings;
        return VerifyScript(settings, listener, cancellation);
    }
}
