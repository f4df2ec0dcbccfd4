using System.Text.Json;
using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Peers;

/// <summary>
/// The step that <c>rubato train</c> makes, timed: read, forward, backward, gradient norm, update, a line of the step log. Parity takes the
/// samples in file order at a constant rate instead.
/// </summary>
internal static class Competitor
{
    private const int LossesShown = 20;
    private const int ResidentAt = 500;

    internal static int Run(CompetitorSettings settings, TimeProvider time)
    {
        var run = Resolve(settings);
        Engine.Threads = run.Threads;
        var type = settings.IsDouble ? ScalarType.Float64 : ScalarType.Float32;
        var subject = (SupervisedSubject)run.Subject;
        using var network = subject.Build();
        if (TrainedWeights.Load(network, settings.Weights).Notes is [var note, ..])
        {
            throw new InvalidDataException(note);
        }

        network.ConvertTo(type);
        network.MoveTo(run.Device, run.MemoryFormat);
        using var optimizer = run.CreateOptimizer(ParameterGroup.Of(network));
        var count = subject.TrainCount;
        using var trainer = new TrainingLoop(
            new SupervisedObjective(network, subject.Train, subject.Loss, [], new Placement(run.Device, run.MemoryFormat, type)),
            optimizer,
            settings.Parity ? Constant(run) : run.BuildController(),
            settings.Parity ? InFileOrder(count) : new BatchOrder(count, run.Seed).Next,
            run.Seed,
            microBatch: null);
        Console.WriteLine(JsonSerializer.Serialize(Time(settings, run, trainer, time)));
        return 0;
    }

    private static TrainingTask Resolve(CompetitorSettings settings)
    {
        var run = TaskBuilder.Build(Settings(settings)).Task;
        return settings.MemoryFormat switch
        {
            null => run,
            "channels-last" => run with { MemoryFormat = MemoryFormat.ChannelsLast },
            _ => run with { MemoryFormat = MemoryFormat.Contiguous },
        };
    }

    // The table of networks in ../README.md.
    private static double UsualRate(string network) => network switch
    {
        "cifar10-full" => 0.001,
        "wrn-16-4" => 0.1,
        _ => 0.05,
    };

    private static TrainSettings Settings(CompetitorSettings settings) => new()
    {
        Data = $"{(settings.Network is "mlp" or "convnet" ? "mnist" : "cifar10")}:{settings.Data}",
        Network = settings.Network,
        Optimizer = settings.Optimizer ?? (settings.Network == "cifar10-full" ? "sgd" : "nesterov"),
        LearningRate = settings.LearningRate ?? UsualRate(settings.Network),
        WeightDecay = settings.WeightDecay ?? (settings.Network == "cifar10-full" ? 0.004 : 5e-4),
        Batch = settings.Batch,
        Tail = EpochTail.Cut,
        Threads = settings.Threads,
        Epochs = 1 + ((settings.Warmup + settings.Steps) * settings.Batch / 10_000),
        Device = "cpu",
    };

    private static object Time(CompetitorSettings settings, TrainingTask run, TrainingLoop trainer, TimeProvider time)
    {
        var path = Path.GetTempFileName();
        using var log = new StepLog(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose));
        var losses = new List<double>();
        var (began, samples, bytes) = (time.GetTimestamp(), 0L, 0L);
        double? resident = null;
        for (var step = 0; step < settings.Warmup + settings.Steps; step++)
        {
            if (step == settings.Warmup)
            {
                (samples, bytes) = (trainer.Progress.Samples, GC.GetTotalAllocatedBytes(precise: true));
                began = time.GetTimestamp();
            }

            var seen = trainer.Step();
            log.Append(Record(seen, time.GetElapsedTime(began).TotalSeconds));
            if (losses.Count < LossesShown)
            {
                losses.Add(seen.Loss);
            }

            resident = step + 1 == ResidentAt ? Resident() : resident;
        }

        var ended = time.GetTimestamp();
        var seconds = time.GetElapsedTime(began, ended).TotalSeconds;
        return new
        {
            samples_per_second = (trainer.Progress.Samples - samples) / seconds,
            losses,
            steps = settings.Steps,
            seconds,
            memory_format = MemoryFormatRule.NameOf(run.MemoryFormat),
            libtorch = Engine.LibtorchVersion,
            began = began / (double)time.TimestampFrequency,
            ended = ended / (double)time.TimestampFrequency,
            managed_bytes_per_step = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / settings.Steps,
            resident_mib_at_500 = resident,
            resident_mib_at_end = Resident(),
        };
    }

    private static double Resident() => Environment.WorkingSet / 1048576.0;

    private static StepRecord Record(in Observation seen, double seconds) => new()
    {
        Step = seen.Progress.Updates,
        Samples = seen.Progress.Samples,
        Epoch = 0,
        Loss = seen.Loss,
        LearningRate = seen.Applied.LearningRate,
        BatchSize = seen.Applied.BatchSize,
        Momentum = seen.Applied.Momentum,
        WeightDecay = seen.Applied.WeightDecay,
        GradientNorm = seen.GradientNorm ?? double.NaN,
        Seconds = seconds,
    };

    private static PlanController Constant(TrainingTask run) => new(new TrainingPlan(run.Plan.Settings with
    {
        LearningRate = ((PeakRate)run.Rate).Peak,
    }));

    private static BatchSource InFileOrder(int count)
    {
        var indices = new int[count];
        for (var i = 0; i < count; i++)
        {
            indices[i] = i;
        }

        return (samples, size) => indices.AsSpan((int)(samples % count), (int)Math.Min(size, count - (samples % count)));
    }
}
