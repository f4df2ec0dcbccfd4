using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Peers;

/// <summary>
/// The loop of TorchSharp's examples: a DataLoader that shuffles, <c>torch.optim</c>, <c>lr_scheduler</c> and <c>loss.item</c> a step, the default
/// memory format, one dispose scope a step. Parity takes the samples in file order at a constant rate instead.
/// </summary>
internal static class Training
{
    private const int LossesShown = 20;
    private const int ResidentAt = 500;

    public static int Run(Settings settings)
    {
        set_num_threads(settings.Threads);
        random.manual_seed(1);
        var type = settings.IsDouble ? ScalarType.Float64 : ScalarType.Float32;
        var (images, labels) = Images.Read(settings.Network, settings.Data, type);
        using var network = Networks.Create(settings.Network).to(type);
        Weights.Load(network, settings.Weights);
        using var optimizer = Optimizers.Create(settings, network);
        Console.WriteLine(JsonSerializer.Serialize(Train(settings, network, optimizer, images, labels)));
        return 0;
    }

    private static object Train(Settings settings, nn.Module<Tensor, Tensor> network, optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        var last = settings.Warmup + settings.Steps;
        var scheduler = settings.IsConstant ? null : optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: last);
        using var criterion = nn.CrossEntropyLoss();
        using var dataset = utils.data.TensorDataset(images, labels);
        using var loader = utils.data.DataLoader(dataset, settings.Batch, shuffle: true, disposeDataset: false);
        network.train();
        var (step, samples, start, bytes, runningLoss) = (0, 0L, 0L, 0L, 0.0);
        var losses = new List<double>();
        double? resident = null;
        while (step < last)
        {
            foreach (var (inputs, targets) in settings.Parity ? InFileOrder(images, labels, settings.Batch) : Shuffled(loader))
            {
                if (step == settings.Warmup)
                {
                    (samples, bytes) = (0, GC.GetTotalAllocatedBytes(precise: true));
                    start = Stopwatch.GetTimestamp();
                }

                using (NewDisposeScope())
                {
                    optimizer.zero_grad();
                    var loss = criterion.call(network.call(inputs), targets);
                    loss.backward();
                    optimizer.step();
                    scheduler?.step();
                    var value = settings.IsDouble ? loss.item<double>() : loss.item<float>();
                    runningLoss += value;
                    if (losses.Count < LossesShown)
                    {
                        losses.Add(value);
                    }

                    samples += targets.shape[0];
                }

                step++;
                resident ??= step == ResidentAt ? Environment.WorkingSet / 1048576.0 : null;
                if (step == last)
                {
                    break;
                }
            }
        }

        var ended = Stopwatch.GetTimestamp();
        var seconds = Stopwatch.GetElapsedTime(start, ended).TotalSeconds;
        return new
        {
            samples_per_second = samples / seconds,
            losses,
            steps = settings.Steps,
            seconds,
            memory_format = "contiguous",
            libtorch = __version__,
            mean_loss = runningLoss / last,
            began = start / (double)Stopwatch.Frequency,
            ended = ended / (double)Stopwatch.Frequency,
            managed_bytes_per_step = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / settings.Steps,
            resident_mib_at_500 = resident,
            resident_mib_at_end = Environment.WorkingSet / 1048576.0,
        };
    }

    private static IEnumerable<(Tensor Inputs, Tensor Targets)> Shuffled(IterableDataLoader loader) => loader.Select(batch => (batch[0], batch[1]));

    private static IEnumerable<(Tensor Inputs, Tensor Targets)> InFileOrder(Tensor images, Tensor labels, int batch)
    {
        for (var start = 0L; start < labels.shape[0]; start += batch)
        {
            var end = Math.Min(start + batch, labels.shape[0]);
            using var inputs = images[TensorIndex.Slice(start, end)];
            using var targets = labels[TensorIndex.Slice(start, end)];
            yield return (inputs, targets);
        }
    }
}
