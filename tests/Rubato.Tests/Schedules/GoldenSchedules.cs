using System.Text.Json;
using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

/// <summary>PyTorch's schedulers as schedules of this library; what differs in meaning is told in <c>tests/golden/schedules/README.md</c>.</summary>
internal static class GoldenSchedules
{
    internal static IEnumerable<JsonElement> Settings(string shape)
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", "schedules", shape + ".jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    internal static double[] Values(JsonElement setting, string key) =>
        [.. setting.GetProperty(key).EnumerateArray().Select(number => number.GetDouble())];

    internal static Schedule Rate(string shape, JsonElement setting) => shape switch
    {
        "sequential" => Sequential(setting),
        "cyclic-triangular" => new Triangular(Number(setting, "base_lr"), Number(setting, "max_lr"), Up(setting), Down(setting)),
        "cyclic-triangular2" => new Triangular2(Number(setting, "base_lr"), Number(setting, "max_lr"), Up(setting), Down(setting)),
        "cyclic-exp-range" => ExpRange(setting, "base_lr", "max_lr"),
        "one-cycle-2-cosine" or "one-cycle-2-linear" or "one-cycle-3-cosine" or "one-cycle-3-linear" => new OneCycle(
            Number(setting, "max_lr"),
            Peak(setting) / CycleLength(setting),
            Number(setting, "div_factor"),
            Number(setting, "final_div_factor"),
            Phases(shape),
            Shape(shape),
            Duration.Batches(CycleLength(setting))),
        _ => Plain(shape, Number(setting, "initial_lr"), setting),
    };

    internal static Schedule? Momentum(string shape, JsonElement setting) => shape switch
    {
        "cyclic-triangular" => new Triangular(Number(setting, "max_momentum"), Number(setting, "base_momentum"), Up(setting), Down(setting)),
        "cyclic-triangular2" => new Triangular2(Number(setting, "max_momentum"), Number(setting, "base_momentum"), Up(setting), Down(setting)),
        "cyclic-exp-range" => ExpRange(setting, "max_momentum", "base_momentum"),
        "one-cycle-2-cosine" or "one-cycle-2-linear" or "one-cycle-3-cosine" or "one-cycle-3-linear" => new OneCycleMomentum(
            Number(setting, "base_momentum"),
            Number(setting, "max_momentum"),
            Peak(setting) / CycleLength(setting),
            Phases(shape),
            Shape(shape),
            Duration.Batches(CycleLength(setting))),
        _ => null,
    };

    private static Schedule Plain(string shape, double lr, JsonElement setting) => shape switch
    {
        "step" or "StepLR" => new Step(lr, Number(setting, "gamma"), Batches(setting, "step_size")),
        "multi-step" => new MultiStep(lr, Number(setting, "gamma"), [.. Values(setting, "milestones").Select(Duration.Batches)]),
        "constant" or "ConstantLR" => new Constant(lr * Number(setting, "factor"), Batches(setting, "total_iters")).Then(lr),
        "linear" or "LinearLR" =>
            new Linear(lr * Number(setting, "start_factor"), lr * Number(setting, "end_factor"), Batches(setting, "total_iters")),
        "exponential" or "ExponentialLR" => new Exp(lr, Number(setting, "gamma"), Duration.Batches(1)),
        "polynomial" => new Polynomial(lr, 0, Number(setting, "power"), Batches(setting, "total_iters")),
        "cosine" => UpAndDown(lr, Number(setting, "eta_min"), Batches(setting, "T_max")),
        "warm-restarts" => new WarmRestarts(lr, Number(setting, "eta_min"), Batches(setting, "T_0"), Number(setting, "T_mult")),
        _ => throw new ArgumentException($"There is no shape '{shape}'.", nameof(shape)),
    };

    private static Repeat UpAndDown(double high, double low, Duration half) =>
        new(new Cosine(high, low, half).Then(new Cosine(low, high, half)));

    private static Sequence Sequential(JsonElement setting)
    {
        var lr = Number(setting, "initial_lr");
        var ends = Values(setting, "milestones");
        var parts = setting.GetProperty("parts").EnumerateArray().Select(part => Plain(part.GetProperty("name").GetString()!, lr, part));
        return new Sequence([.. parts.Select((part, i) => i < ends.Length ? part.Over(Duration.Batches(ends[i] - (i == 0 ? 0 : ends[i - 1]))) : part)]);
    }

    private static ExpRange ExpRange(JsonElement setting, string low, string high) => new(
        Number(setting, low), Number(setting, high), Up(setting), Number(setting, "gamma"), decays: Decaying.Amplitude, stepSizeDown: Down(setting));

    private static Duration Up(JsonElement setting) => Batches(setting, "step_size_up");

    private static Duration Down(JsonElement setting) =>
        setting.GetProperty("step_size_down").ValueKind == JsonValueKind.Null ? Duration.Rest : Batches(setting, "step_size_down");

    private static double CycleLength(JsonElement setting) => Number(setting, "total_steps") - 1;

    private static double Peak(JsonElement setting) => (Number(setting, "pct_start") * Number(setting, "total_steps")) - 1;

    private static int Phases(string shape) => shape.Contains('3', StringComparison.Ordinal) ? 3 : 2;

    private static Anneal Shape(string shape) => shape.EndsWith("cosine", StringComparison.Ordinal) ? Anneal.Cosine : Anneal.Linear;

    private static Duration Batches(JsonElement setting, string key) => Duration.Batches(Number(setting, key));

    private static double Number(JsonElement setting, string key) => setting.GetProperty(key).GetDouble();
}
