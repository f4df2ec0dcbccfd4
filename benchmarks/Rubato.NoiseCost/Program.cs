using System.Globalization;
using Rubato.NoiseCost;
using Rubato.Training;

// What it costs to measure the gradient's noise: the same training without and with it, in turns, in one process.
var rounds = Number("--rounds", 10);
var every = Number("--every", 10);
var epochs = Number("--epochs", 3);
var time = args.Contains("--cpu-time", StringComparer.Ordinal) ? new ProcessorTime() : TimeProvider.System;
var settings = new TrainSettings { LearningRate = "0.05", Epochs = epochs, Batch = "128", Data = Word("--data", "glyphs"), Device = Word("--device", "cpu"), Threads = 1 };
Console.WriteLine($"| network | micro-batch | ms an update | with --measure-noise {every} | more |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var network in (string[])["mlp", "convnet"])
{
    foreach (var micro in (int?[])[null, 64, 32])
    {
        var cost = Comparison.Run(settings with { Network = network, MicroBatch = micro }, every, rounds, time);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {network} | {(micro is null ? "none: in halves" : $"{micro}")} | {cost.Plain:F3} | {cost.Measured:F3} | {100 * cost.More:F2} % +- {100 * cost.Error:F2} |"));
    }
}

int Number(string flag, int usual) => int.Parse(Word(flag, $"{usual}"), CultureInfo.InvariantCulture);

string Word(string flag, string usual) => Array.IndexOf(args, flag) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
