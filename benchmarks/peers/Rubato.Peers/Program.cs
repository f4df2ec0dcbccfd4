using System.CommandLine;
using Rubato.Peers;

// Speaks the protocol of ../README.md: one competitor as a process, one JSON line as its answer.
var network = new Option<string>("--network") { Required = true };
var batch = new Option<int>("--batch") { Required = true };
var threads = new Option<int>("--threads") { Required = true };
var warmup = new Option<int>("--warmup");
var steps = new Option<int>("--steps") { Required = true };
var data = new Option<string>("--data") { Required = true };
var weights = new Option<string>("--weights") { Required = true };
var parity = new Option<bool>("--parity");
var optimizer = new Option<string?>("--optimizer");
var rate = new Option<double?>("--lr");
var decay = new Option<double?>("--weight-decay");
var format = new Option<string?>("--memory-format") { Description = "contiguous or channels-last; by rubato's rule unless given" };
format.AcceptOnlyFromAmong("contiguous", "channels-last");
var type = new Option<string>("--dtype") { DefaultValueFactory = _ => "float32" };
type.AcceptOnlyFromAmong("float32", "float64");

var root = new RootCommand("Rubato as a competitor of the peer benchmark.")
{
    network, batch, threads, warmup, steps, data, weights, parity, optimizer, rate, decay, format, type,
};
root.SetAction(parsed => Competitor.Run(
    new CompetitorSettings(
        parsed.GetRequiredValue(network),
        parsed.GetRequiredValue(batch),
        parsed.GetRequiredValue(threads),
        parsed.GetValue(warmup),
        parsed.GetRequiredValue(steps),
        parsed.GetRequiredValue(data),
        parsed.GetRequiredValue(weights),
        parsed.GetValue(parity),
        parsed.GetValue(optimizer),
        parsed.GetValue(rate),
        parsed.GetValue(decay),
        parsed.GetValue(format),
        parsed.GetRequiredValue(type) == "float64"),
    TimeProvider.System));
return root.Parse(args).Invoke();
