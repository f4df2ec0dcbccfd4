using System.Globalization;
using Rubato.Data;
using Rubato.Data.Datasets;
using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

/// <summary>A table of four numbers a row, of two classes that are not equally frequent, and a linear network that knows nothing of it.</summary>
internal sealed class TinySet : IDisposable
{
    private readonly string _file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName() + ".csv");
    private int[] _indices = [];

    public TinySet(int samples)
    {
        var random = new CounterRandom(5, 0, 0);
        using (var writer = new StreamWriter(_file))
        {
            writer.WriteLine("a,b,c,d,label");
            for (var i = 0; i < samples; i++)
            {
                var numbers = Enumerable.Range(0, 4).Select(_ => random.NextNormal().ToString("F4", CultureInfo.InvariantCulture)).ToList();
                writer.WriteLine($"{string.Join(',', numbers)},{(i % 5 == 0 ? "rare" : "usual")}");
            }
        }

        Train = DatasetCatalog.Load($"csv:{_file}", new DatasetOptions { Label = "label", HeldOut = 0.2 }).Train;
    }

    public Examples Train { get; }

    public Module<Tensor, Tensor> Network()
    {
        var network = Linear(4, 2);
        foreach (var parameter in network.parameters())
        {
            MemoryOrder.AsSpan<float>(parameter).Clear();
        }

        return network;
    }

    /// <summary>Samples with replacement.</summary>
    public ReadOnlySpan<int> Draw(long samplesSeen, int batchSize)
    {
        var random = new CounterRandom(7, samplesSeen, 0);
        _indices = new int[batchSize];
        for (var i = 0; i < batchSize; i++)
        {
            _indices[i] = random.NextInt(Train.Count);
        }

        return _indices;
    }

    public void Dispose() => File.Delete(_file);
}
