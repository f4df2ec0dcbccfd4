using System.Text.RegularExpressions;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Commands;

/// <summary>Every flag that takes a number, with numbers that nobody means: a sentence about the flag and exit code 2, or a result.</summary>
public sealed partial class FlagNumbersTests : IDisposable
{
    private static readonly string[] Extremes = ["1e18", "1e308", "1e400", "-1", "0", "NaN", "Infinity", "", "99999999999999999999"];

    private static readonly string[] InTexts = ["1e18", "1e308", "1e-308", "-1", "0"];

    private static readonly string[] Lengths =
        ["1e18ba", "1e308ba", "1e18ep", "1e308ep", "1e18sp", "1e308sp", "-1ba", "0ba", "NaNba", "1e-300ep", "1e400ba"];

    private static readonly string[] Trained =
        ["--data", "glyphs(train 20)", "--network", "mlp(2)", "--batch", "4", "--length", "3ba", "--lr", "0.1", "--threads", "1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public static TheoryData<string, string, string> Numbers()
    {
        (string Command, string[] Flags)[] known =
        [
            ("train",
            [
                "held-out", "train-samples", "label-smoothing", "lr", "warmup", "epochs", "batch", "micro-batch", "ghost-batch", "measure-noise",
                "momentum", "weight-decay", "seed", "threads",
            ]),
            ("find",
            [
                "held-out", "train-samples", "label-smoothing", "batch", "micro-batch", "ghost-batch", "momentum", "weight-decay", "seed", "threads",
                "start-lr", "end-lr", "iterations", "epochs", "repeats", "diverge-threshold", "accuracy-every", "accuracy-samples", "base-divisor",
            ]),
            ("plan",
            [
                "lr", "warmup", "batch", "momentum", "weight-decay", "epochs", "micro-batch", "held-out", "train-samples", "data-size", "every",
            ]),
            ("verify", ["lr", "warmup", "batch", "updates", "every", "probe", "tolerance", "epochs", "weight-decay", "momentum"]),
            ("replay", ["steps-per-epoch", "epochs"]),
            ("noise", ["average"]),
        ];
        var data = new TheoryData<string, string, string>();
        foreach (var (command, flags) in known)
        {
            foreach (var flag in flags)
            {
                foreach (var value in Extremes)
                {
                    data.Add(command, flag, value);
                }
            }

            foreach (var length in command is "train" or "plan" or "verify" ? Lengths : [])
            {
                data.Add(command, "length", length);
            }
        }

        return data;
    }

    public static TheoryData<string, string, string> Texts()
    {
        string[] schedules =
        [
            "constant(0.1, 30ba)", "linear(0 -> 0.1, 5ba)", "cosine(0.1 -> 0, 30ba)", "exponential(1e-5 -> 1, 0.5dur)", "sqrt(0.1 -> 0, 10ba)",
            "polynomial(0.1 -> 0, power 2, 30ba)", "exp(0.1, gamma 0.95, every 1ba)", "step(0.1, gamma 0.1, every 30ba)",
            "inverse-time(0.1, rate 0.5, every 1ba)", "inverse-sqrt(0.1, timescale 4ba)", "multi-step(0.1, gamma 0.2, at 6ba 12ba 16ba)",
            "table(0ba: 0.1, 60ba: 0.02)", "table(0ba: 0, 5ba: 0.1, 30ba: 0, interpolate linear)", "clamp(exp(0.1, gamma 0.9, every 1ba), 1e-4..1)",
            "repeat(cosine(0.1 -> 0, 10ba), 3, lengthen 2, amplify 0.5)", "repeat(cosine(0.1 -> 0), 3)", "stretch(cosine(0.1 -> 0, 30ba), 0.5)",
            "delay(cosine(0.1 -> 0, 30ba), 5ba)", "skip(cosine(0.1 -> 0, 30ba), 5ba)",
            "over(linear(0 -> 0.1, 0.3dur) then cosine(0.1 -> 0), 10ba)", "triangular(0.001..0.006, step 20ba)",
            "triangular(0.001..0.006, step 20ba, down 10ba, cycles 2) then 0.1", "triangular2(0.001..0.006, step 20ba, cycles 4)",
            "exp-range(0.001..0.006, step 20ba, gamma 0.99994)", "exp-range(0.001..0.006, step 2ba, gamma 0.9, every 2ba, decays amplitude, cycles 2)",
            "one-cycle(0.1, pct 0.45, div 25, final-div 100, phases 3, anneal linear, 30ba)", "sgdr(0.1 -> 0, first 10ba, mult 2)",
            "sgdr(0.1 -> 0, cycles 3)", "wsd(0.1, warmup 2ba, decay 0.2dur, final 1e-4)", "flat-cosine(0.1 -> 0, flat 0.75dur, 5ba)",
            "warmup(cosine(0.1 -> 0), 5ba, from 0.1)", "staged(8ba: triangular2(0.001..0.005, step 2ba), 6ba: 1e-4)",
            "linear(0 -> 0.1, 5ba) then 0.1 then linear(0.1 -> 0, 0.2dur)", "0.5 * cosine(0.1 -> 0, 30ba) + 0.1", "auto * cosine(1 -> 0)", "polyak(2) * cosine(1 -> 0)",
            "plateau(0.1, factor 0.5, patience 2)", "clr(triangular2, cycles 3)",
        ];
        (string Flag, string Text)[] trained =
        [
            ("lr", "plateau(0.05, factor 0.5, patience 2)"), ("lr", "autowarmup(max-lr 10) then cosine(1 -> 0)"),
            ("lr", "autowarmup(warmup-type linear, test-every 2ba)"), ("lr", "one-cycle(0.1, pct 0.4)"), ("lr", "auto * cosine(1 -> 0)"), ("lr", "polyak(2) * cosine(1 -> 0)"),
            ("lr", "clr(triangular2, cycles 3)"), ("batch", "adaptive(4, max 8, ratio 1.5, rate square-root)"),
            ("batch", "multi-step(4, gamma 2, at 1ba)"), ("optimizer", "lamb(beta2 0.99, eps 1e-6)"), ("optimizer", "lars(trust 0.01)"),
            ("optimizer", "adamp(delta 0.1, wd-ratio 0.1)"), ("optimizer", "rmsprop(alpha 0.9, eps 1e-8)"), ("optimizer", "sgdp(dampening 0.1)"),
            ("data", "glyphs(train 20)"), ("augment", "crop(4)"), ("network", "mlp(2, dropout 0.5)"), ("device", "cuda:0"),
            ("groups", "*.bias(lr 2 * base, momentum 0.5, weight-decay 0)"), ("rewrite", "scale-batch(2)"),
            ("rewrite", "raise-momentum(0.95)"), ("momentum", "one-cycle-momentum(0.85..0.95, pct 0.3, 3ba)"),
        ];
        string[] rewrites =
        [
            "grow-batch(max 5120, first 1, ratio 1.5)", "scale-batch(5)", "scale-batch(2, rule square-root, max 64, multiple 2)",
            "raise-momentum(0.98)", "exponential(corrections none)",
        ];
        var data = new TheoryData<string, string, string>();
        foreach (var schedule in schedules)
        {
            data.Add("plan", "lr", schedule);
            data.Add("plan", "batch", $"8 + ({schedule.Replace("ba", "sp", StringComparison.Ordinal)})");
        }

        foreach (var (flag, text) in trained)
        {
            data.Add("train", flag, text);
        }

        foreach (var rewrite in rewrites)
        {
            data.Add("plan", "rewrite", rewrite);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Run_ExtremeNumber_ASentenceOrAResult(string command, string flag, string value)
    {
        using var harness = new Harness { Script = Sessions.Train, FindScript = Sessions.Find, VerifyScript = Sessions.Verify };
        var code = harness.Run([command, .. Around(command, flag), "--" + flag, value]);

        RequireSentenceOrResult(harness, code, $"rubato {command} --{flag} '{value}'");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Run_ExtremeNumberInAText_ASentenceOrAResult(string command, string flag, string text)
    {
        foreach (var value in InTexts)
        {
            foreach (var number in Number().Matches(text).Reverse())
            {
                var written = text[..number.Index] + value + text[(number.Index + number.Length)..];
                using var harness = new Harness { Script = Sessions.Train, FindScript = Sessions.Find, VerifyScript = Sessions.Verify };
                var code = harness.Run([command, .. Around(command, flag), "--" + flag, written]);

                RequireSentenceOrResult(harness, code, $"rubato {command} --{flag} \"{written}\"");
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A training whose loss is lost, and a range test without an answer, have been carried out: their sentence is the result.
    private static void RequireSentenceOrResult(Harness harness, int code, string line)
    {
        var result = harness.Error.StartsWith("error: no clear answer: ", StringComparison.Ordinal)
            || harness.Error.StartsWith("error: the loss became non-finite", StringComparison.Ordinal);
        Assert.True(code is 0 or 2 || result, $"{line} ended with {code}: {harness.Error}");
        Assert.DoesNotContain("Exception", harness.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", harness.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?(e-?\d+)?", RegexOptions.None | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    private IEnumerable<string> Around(string command, string flag)
    {
        string[] words = command switch
        {
            "train" => [.. Trained, "--out", _folder],
            "find" => ["--data", "glyphs(train 40)", "--network", "mlp(2)", "--batch", "4", "--iterations", "10", "--threads", "1"],
            "plan" => ["--lr", "0.1", "--batch", "4", "--length", "3ba", .. flag is "every" ? ["--csv", Path.Combine(_folder, "p.csv")] : Array.Empty<string>()],
            "verify" =>
            [
                .. Trained, "--rewrite", "exponential", "--momentum", "0", "--weight-decay", "1e-3",
            ],
            _ => [],
        };
        for (var i = 0; i < words.Length; i += 2)
        {
            var instead = words[i] == "--" + flag || (flag == "epochs" && words[i] is "--length" or "--iterations");
            if (!instead)
            {
                yield return words[i];
                yield return words[i + 1];
            }
        }
    }
}
