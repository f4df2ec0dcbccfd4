using System.Runtime.InteropServices;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;
using Rubato.Training.Running;
using static TorchSharp.torch;

namespace Rubato.Training.Tests;

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

    internal RunSummary Run(TrainSettings settings, ITrainingListener? listener = null, CancellationToken? cancellation = null, TimeProvider? time = null) =>
        Trained.With(settings, listener ?? new Silent(), time ?? TimeProvider.System, cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>Runs in numbers of another type: where two runs are compared, in 64 bits, on whose roundings no processor's order of sums has an effect that counts.</summary>
    internal RunSummary RunIn(ScalarType type, TrainSettings settings, ITrainingListener listener) =>
        Trained.In(type, settings, listener, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>The tensors of floating-point numbers that a run has written.</summary>
    internal Dictionary<string, double[]> Weights(RunDescription run)
    {
        using var file = SafeTensorsReader.Open(Path.Combine(run.Folder, "model.safetensors"));
        return file.Tensors.Where(tensor => tensor.Type is "F32" or "F64").ToDictionary(tensor => tensor.Name, Values, StringComparer.Ordinal);

        double[] Values(TensorInfo tensor)
        {
            var bytes = new byte[tensor.ByteCount];
            file.Read(tensor, bytes);
            return tensor.Type == "F64" ? MemoryMarshal.Cast<byte, double>(bytes).ToArray() : Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), value => (double)value);
        }
    }

    public string[] Lines(RunDescription run, string file) => File.ReadAllLines(Path.Combine(run.Folder, file));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public class Silent : ITrainingListener
    {
        public RunDescription? Description { get; private set; }

        internal RehearsalRecord? Rehearsal { get; private set; }

        internal List<StepRecord> Steps { get; } = [];

        internal List<EventRecord> Events { get; } = [];

        internal List<EpochRecord> Epochs { get; } = [];

        public virtual void OnStart(RunDescription run) => Description = run;

        internal List<RehearsedRunRecord> Rehearsed { get; } = [];

        public virtual void OnRehearsedRun(in RehearsedRunRecord record) => Rehearsed.Add(record);

        public virtual void OnRehearsal(RehearsalRecord record) => Rehearsal = record;

        internal RangeTestRecord? RangeTest { get; private set; }

        internal List<RangeUpdateRecord> RangeUpdates { get; } = [];

        public virtual void OnRangeUpdate(in RangeUpdateRecord record) => RangeUpdates.Add(record);

        public virtual void OnRangeTest(RangeTestRecord record) => RangeTest = record;

        internal List<PhaseRecord> Phases { get; } = [];

        internal AutoWarmupRecord? AutoWarmup { get; private set; }

        public virtual void OnPhase(in PhaseRecord record) => Phases.Add(record);

        public virtual void OnAutoWarmup(AutoWarmupRecord record) => AutoWarmup = record;

        public virtual void OnStep(in StepRecord record) => Steps.Add(record);

        public virtual void OnEvent(EventRecord record) => Events.Add(record);

        public virtual void OnEpoch(EpochRecord record) => Epochs.Add(record);

        public virtual void OnEnd(RunSummary summary)
        {
        }
    }
}
