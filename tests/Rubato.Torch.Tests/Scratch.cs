using System.Runtime.InteropServices;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

/// <summary>A folder for runs that goes with the test, and small settings.</summary>
public sealed class Scratch : IDisposable
{
    public Scratch() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "scratch", Path.GetRandomFileName());

    /// <summary>A small network on a small set: 9 updates of 45 samples, 405 of the 400 in the budget; the fifth runs on into the second epoch.</summary>
    internal TrainSettings Small => new()
    {
        Data = "glyphs(train 200)",
        Network = "mlp(16)",
        LearningRate = Rate.Parse("usual"),
        Batch = 45,
        Epochs = 2,
        Threads = OneThreadAttribute.Threads,
        Out = Folder,
    };

    internal RunSummary Run(TrainSettings settings, Listener? listener = null, CancellationToken? cancellation = null, TimeProvider? time = null) =>
        Trained.With(settings, listener ?? new Silent(), time ?? TimeProvider.System, cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>Runs in numbers of another type: where two runs are compared, in 64 bits, on whose roundings no processor's order of sums has an effect that counts.</summary>
    internal RunSummary RunIn(ScalarType type, TrainSettings settings, Listener listener) =>
        Trained.In(type, settings, listener, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>The tensors of floating-point numbers that a run has written.</summary>
    internal Dictionary<string, double[]> Weights(RunDescription run) => Weights(Path.Combine(run.Folder!, "model.safetensors"));

    /// <summary>The tensors of floating-point numbers in a file.</summary>
    internal static Dictionary<string, double[]> Weights(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        return file.Tensors.Where(tensor => tensor.Type is "F32" or "F64").ToDictionary(tensor => tensor.Name, Values, StringComparer.Ordinal);

        double[] Values(TensorInfo tensor)
        {
            var bytes = new byte[tensor.ByteCount];
            file.Read(tensor, bytes);
            return tensor.Type == "F64" ? MemoryMarshal.Cast<byte, double>(bytes).ToArray() : Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), value => (double)value);
        }
    }

    public string[] Lines(RunDescription run, string file) => File.ReadAllLines(Path.Combine(run.Folder!, file));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Keeps what a run tells.</summary>
    public class Silent : Listener
    {
        public RunDescription? Description { get; private set; }

        internal RehearsalRecord? Rehearsal { get; private set; }

        internal RangeTestRecord? RangeTest { get; private set; }

        internal AutoWarmupRecord? AutoWarmup { get; private set; }

        internal List<RehearsedRunRecord> Rehearsed { get; } = [];

        internal List<RangeUpdateRecord> RangeUpdates { get; } = [];

        internal List<PhaseRecord> Phases { get; } = [];

        internal List<StepRecord> Steps { get; } = [];

        internal List<EventRecord> Events { get; } = [];

        internal List<EpochRecord> Epochs { get; } = [];

        public override void OnStep(in StepRecord record) => Steps.Add(record);

        public override void OnEvent(TrainingEvent happened)
        {
            switch (happened)
            {
                case RunDescription run:
                    Description = run;
                    break;
                case RehearsedRunRecord rehearsed:
                    Rehearsed.Add(rehearsed);
                    break;
                case RehearsalRecord rehearsal:
                    Rehearsal = rehearsal;
                    break;
                case RangeUpdateRecord update:
                    RangeUpdates.Add(update);
                    break;
                case RangeTestRecord test:
                    RangeTest = test;
                    break;
                case PhaseRecord phase:
                    Phases.Add(phase);
                    break;
                case AutoWarmupRecord warmup:
                    AutoWarmup = warmup;
                    break;
                case EventRecord { Kind: not EventKind.AutoWarmup } record:
                    Events.Add(record);
                    break;
                case EpochRecord epoch:
                    Epochs.Add(epoch);
                    break;
            }
        }
    }
}
