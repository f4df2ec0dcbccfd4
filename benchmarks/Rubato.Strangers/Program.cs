using System.Diagnostics;
using System.Globalization;
using Rubato;
using Rubato.Strangers;
using Rubato.Torch;

// Fit() without a rate beside a grid of rates, on networks that Rubato has no part of.
if (args is [var folder, "exponential"])
{
    foreach (var line in ExponentialForm.Lines(Digits.Load(folder)))
    {
        Console.WriteLine(line);
    }

    return 0;
}

if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine("usage: Rubato.Strangers MNIST-FOLDER RESULTS-FILE [PART-OF-A-NAME]");
    Console.Error.WriteLine("       Rubato.Strangers MNIST-FOLDER exponential");
    return 2;
}

double[] grid = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2];
int[] seeds = [1, 2];
Engine.Threads = 1;
using var file = new StreamWriter(args[1], append: true) { AutoFlush = true };
var table = new List<string>();
var part = args.Length > 2 ? args[2] : "";
foreach (var stranger in Stranger.All(Digits.Load(args[0])).Where(one => one.Name.Contains(part, StringComparison.Ordinal)))
{
    var bounds = Bounds(stranger);
    var rehearsed = seeds.Select(seed => Run(stranger, seed, null)).ToArray();
    var best = grid
        .Select(rate => (Rate: rate, Score: seeds.Average(seed => Run(stranger, seed, rate).Score)))
        .Aggregate((a, b) => IsBetter(stranger, b.Score, a.Score) ? b : a);
    var score = rehearsed.Average(run => run.Score);
    table.Add(Line(
        $"| {stranger.Name} | {best.Rate:G2} | {best.Score:F4} | {score:F4} | {score - best.Score:F4} | {(score / best.Score) - 1:P1} | {string.Join(", ", rehearsed.Select(run => Line($"{run.Peak:G2}")))} | {bounds} |"));
}

Tell("| network | best rate | its score | score of Fit() | difference | relative | peaks of Fit() | FindRates() |");
Tell("|---|---|---|---|---|---|---|---|");
table.ForEach(Tell);
return 0;

string Bounds(Stranger stranger)
{
    Engine.Seed(1);
    using var network = stranger.Build();
    var found = TrainerOf(stranger, network, 1).FindRates();
    var said = found.Range is { } range
        ? Line($"{range.BaseLr:G2} to {range.MaxLr:G2} ({found.Rule}, confidence {found.Confidence:F2})")
        : found.Reason!;
    Tell($"{stranger.Name}: FindRates() says {said}");
    return said;
}

(double Score, double Peak) Run(Stranger stranger, int seed, double? rate)
{
    Engine.Seed(seed);
    using var network = stranger.Build();
    var start = Stopwatch.GetTimestamp();
    var trainer = TrainerOf(stranger, network, seed);
    var run = rate is { } peak ? trainer.Fit(peak) : trainer.Fit();
    var score = stranger.Score(run);
    Tell(Line(
        $"{stranger.Name}, seed {seed}, {(rate is { } given ? Line($"Fit({given})") : "Fit()")}: score {score:F4}, loss {run.Loss:F4}, train loss {run.TrainLoss:F4}, {run.Status}, peak {run.PeakLearningRate:G3}, {run.Updates} updates, {run.Summary.Rollbacks} roll-backs, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    if (run.Summary.Rehearsal is { } rehearsal)
    {
        Tell(Line(
            $"  rehearsed in {rehearsal.Share:P0} of the budget, usable {rehearsal.LowestUsable:G2} to {rehearsal.HighestUsable:G2}: {string.Join("; ", rehearsal.Runs.Select(tried => Line($"{tried.LearningRate:G3} -> {tried.Score:F4}")))} ({rehearsal.Updates} updates of {rehearsal.MicroBatch})"));
    }

    return (double.IsNaN(score) ? stranger.Worst : score, run.PeakLearningRate);
}

static Trainer TrainerOf(Stranger stranger, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> network, int seed) => new(
    network,
    stranger.Train,
    stranger.Loss,
    new TrainerSettings { Length = Duration.Epochs(5), Threads = 1, Seed = seed },
    stranger.Test);

static bool IsBetter(Stranger stranger, double score, double than) =>
    stranger.ConstantLoss is null ? score > than : score < than;

static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

void Tell(string text)
{
    Console.WriteLine(text);
    file.WriteLine(text);
}
