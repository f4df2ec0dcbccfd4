using System.Diagnostics;
using System.Globalization;
using Rubato.Torch;
using Rubato.Torch.Networks;
using Rubato.TrainerCost;
using static TorchSharp.torch;

// What the trainer costs beside the same loop by hand, and beside TorchSharp as its users write it: in turns, in one process.
var threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
const int Rounds = 7;
Engine.Threads = threads;
Engine.Seed(1);
var input = new InputShape(1, 28, 28, 10);
using var images = randn(6_000, 1, 28, 28);
using var labels = arange(6_000) % 10;
(string Name, Loops Loops, int Updates)[] cases =
[
    ("mlp(256, 128)", new Loops(() => new Mlp(input, [256, 128]), isConvolutional: false, images, labels, batch: 128, updates: 400), 400),
    ("convnet", new Loops(() => new ConvNet(input, [16, 32]), isConvolutional: true, images, labels, batch: 128, updates: 60), 60),
];
Console.WriteLine($"{threads} threads; milliseconds an update, the median of {Rounds} rounds in turns, and by how much it is slower than the trainer");
Console.WriteLine("| network | way | ms | / trainer | managed bytes |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var (name, loops, updates) in cases)
{
    (string Name, Action Run)[] ways =
    [
        ("trainer", () => loops.ByTrainer(threads)),
        ("trainer, threads left to it", () => loops.ByTrainer(null)),
        ("by hand", loops.ByHand),
        ("as written", loops.AsWritten),
        ("as written, with TorchSharp's loader", loops.WithLoader),
    ];
    var times = ways.Select(_ => new List<double>()).ToArray();
    var bytes = new long[ways.Length];
    for (var round = -1; round < Rounds; round++)
    {
        for (var way = 0; way < ways.Length; way++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            ways[way].Run();
            bytes[way] = (GC.GetAllocatedBytesForCurrentThread() - before) / updates;
            if (round >= 0)
            {
                times[way].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / updates);
            }
        }
    }

    var median = times.Select(values => values.Order().ElementAt(Rounds / 2)).ToArray();
    for (var way = 0; way < ways.Length; way++)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {ways[way].Name} | {median[way]:F3} | {median[way] / median[0]:F3} | {bytes[way]} |"));
    }
}

return 0;
