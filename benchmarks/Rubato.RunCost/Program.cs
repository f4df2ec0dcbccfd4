using System.Globalization;
using Rubato;
using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.RunCost;

// What a training costs with something more: the same one without and with it, in turns, in one process.
var rounds = Number("--rounds", 10);
var every = Number("--every", 10);
var epochs = Number("--epochs", 3);
var time = args.Contains("--cpu-time", StringComparer.Ordinal) ? new ProcessorTime() : TimeProvider.System;
var settings = new TrainSettings { LearningRate = 0.05, Epochs = epochs, Batch = 128, Data = Word("--data", "glyphs"), Device = Word("--device", "cpu"), Threads = 1 };
switch (args.FirstOrDefault())
{
    case "noise":
        Console.WriteLine($"| network | micro-batch | ms an update | with --measure-noise {every} | more |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var network in (string[])["mlp", "convnet"])
        {
            foreach (var micro in (int?[])[null, 64, 32])
            {
                var asIs = settings with { Network = network, MicroBatch = micro };
                Print(network, micro is null ? "none: in halves" : $"{micro}", Comparison.Run(asIs, asIs with { MeasureNoise = every }, rounds, time));
            }
        }

        return 0;
    case "exponential":
        Console.WriteLine("| network | batch | ms an update | with --rewrite exponential | more |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var network in (string[])["mlp(256, 128, norm batch)", "convnet"])
        {
            foreach (var batch in (long[])[128, 32])
            {
                var asIs = settings with { Network = network, Batch = batch };
                Print(network, $"{batch}", Comparison.Run(asIs, asIs with { Rewrite = RewriteSequence.Parse("exponential") }, rounds, time));
            }
        }

        return 0;
    case "polyak":
        Console.WriteLine("| network | batch | ms an update | with --lr polyak | more |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var network in (string[])["mlp", "convnet"])
        {
            foreach (var batch in (long[])[128, 32])
            {
                // Neither has a guard, whose snapshots are a cost of their own.
                var asIs = settings with { Network = network, Batch = batch, Guard = false };
                Print(network, $"{batch}", Comparison.Run(asIs, asIs with { LearningRate = Rate.Polyak(0.1) }, rounds, time));
            }
        }

        return 0;
    default:
        Console.Error.WriteLine("run-cost: say first what to measure, noise, exponential or polyak.");
        return 2;
}

static void Print(string network, string how, Comparison cost) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"| {network} | {how} | {cost.Plain:F3} | {cost.Other:F3} | {100 * cost.More:F2} % +- {100 * cost.Error:F2} |"));

int Number(string flag, int usual) => int.Parse(Word(flag, $"{usual}"), CultureInfo.InvariantCulture);

string Word(string flag, string usual) => Array.IndexOf(args, flag) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
