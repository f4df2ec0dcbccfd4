using Rubato.Cli.Settings;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class TrainCommandTests
{
    private static string[] Small => ["--data", "glyphs(train 100, test 20)", "--lr", "0.1", "--batch", "20", "--epochs", "1", .. OneThread];

    [Fact]
    public void Train_WeightsOfAnotherRun_BeginsWithThemAndKeepsWhatIsFrozen() => InFolder(folder =>
    {
        Assert.Equal(0, Run(out _, out _, [.. Small, "--network", "mlp(8)", "--out", folder, "--name", "first"]));
        var file = Path.Combine(folder, "first", "model.safetensors");
        Assert.Equal(
            0,
            Run(out var output, out _, [.. Small, "--network", "mlp(8, 6)", "--init", file, "--freeze", "1.*", "--seed", "9", "--out", folder, "--name", "second"]));

        Assert.Contains($"\nnote       '{file}' lacks 5.weight, 5.bias, which stay as they were.\n", output, StringComparison.Ordinal);
        Assert.Contains($"\nnote       '{file}' has 3.weight F32 (10, 8) for F32 (6, 8), 3.bias F32 (10) for F32 (6) of the network, ", output, StringComparison.Ordinal);
        var (first, second) = (Tensors(file), Tensors(Path.Combine(folder, "second", "model.safetensors")));
        Assert.Equal(first["1.weight"], second["1.weight"]);
        Assert.Equal(first["1.bias"], second["1.bias"]);
        var summary = SummaryFile.Read(Path.Combine(folder, "second", "summary.json"));
        Assert.Equal(new InitRecord(file, 2, 6), summary.Init);
        Assert.Equal((8 * 6) + 6 + (6 * 10) + 10, summary.Parameters);
        Assert.Contains("freeze: \"1.*\"", File.ReadAllLines(Path.Combine(folder, "second", "config.yaml")));
    });

    // New weights have a loss of about log 10 = 2.3; what comes before a run, such as a rehearsal, sees those of the file as well.
    [Theory]
    [InlineData("0.1")]
    [InlineData("auto(free 0)")]
    public void Train_WeightsOfALongerRun_BeginsAtItsLoss(string rate) => InFolder(folder =>
    {
        string[] data = ["--data", "glyphs(train 200, test 20)", "--network", "mlp(16)", "--batch", "20", .. OneThread];
        Assert.Equal(0, Run(out _, out _, [.. data, "--lr", "0.1", "--epochs", "30", "--out", folder, "--name", "long"]));
        var file = Path.Combine(folder, "long", "model.safetensors");
        Assert.Equal(0, Run(out _, out _, [.. data, "--lr", rate, "--epochs", "3", "--init", file, "--out", folder, "--name", "warm"]));

        var trained = SummaryFile.Read(Path.Combine(folder, "long", "summary.json")).TrainLoss;
        var rehearsed = SummaryFile.Read(Path.Combine(folder, "warm", "summary.json")).Rehearsal?.StartLoss;
        var first = StepLog.Read(Path.Combine(folder, "warm", "steps.jsonl")).Records[0].Loss;
        Assert.InRange(trained, 0, 1.9);
        Assert.InRange(first, 0, trained + 0.3);
        Assert.Equal(rate != "0.1", rehearsed is not null);
        Assert.InRange(rehearsed ?? 0, 0, trained + 0.3);
    });

    [Fact]
    public void Train_FileThatFitsNowhere_OneSentenceExitCode2AndNoFolder() => InFolder(folder =>
    {
        Assert.Equal(0, Run(out _, out _, [.. Small, "--network", "mlp(8)", "--out", folder, "--name", "first"]));
        var file = Path.Combine(folder, "first", "model.safetensors");

        Assert.Equal(2, Run(out _, out var error, [.. Small, "--network", "mlp(9, 7, 5)", "--init", file, "--freeze", "1.*", "--out", folder, "--name", "second"]));
        Assert.StartsWith($"error: --init is '{file}', but no tensor in it has the name and the shape of a parameter of the network; it has ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(folder, "second")));
    });

    [Theory]
    [InlineData("x.*", "error: --freeze: 'x.*' matches no parameter of the network; they are 1.weight, 1.bias, 3.weight, 3.bias, and * stands for anything.\n")]
    [InlineData("1.*, 3.*", "error: --freeze is '1.*, 3.*', but that leaves no parameter to be trained; freeze fewer.\n")]
    public void Train_FreezeOfNothingOrOfAll_OneSentenceAndExitCode2(string patterns, string expected) => InFolder(folder =>
    {
        Assert.Equal(2, Run(out _, out var error, [.. Small, "--network", "mlp(8)", "--freeze", patterns, "--out", folder]));
        Assert.Equal(expected, error);
    });

    [Fact]
    public void Train_Clipping_RecordedAndSaid() => InFolder(folder =>
    {
        Assert.Equal(
            0,
            Run(out var output, out _, [.. Small, "--network", "mlp(8)", "--clip-norm", "linear(0.2 -> 0.1)", "--out", folder, "--name", "first"]));

        Assert.Contains("\nclipped             100.00 % of the updates\n", output, StringComparison.Ordinal);
        Assert.Equal(1, SummaryFile.Read(Path.Combine(folder, "first", "summary.json")).ClippedShare);
        var steps = StepLog.Read(Path.Combine(folder, "first", "steps.jsonl")).Records;
        Assert.Equal(0.2, steps[0].ClipFactor!.Value * steps[0].GradientNorm, 1e-9);
        Assert.Equal(0.18, steps[1].ClipFactor!.Value * steps[1].GradientNorm, 1e-9);
    });

    private static int Run(out string output, out string error, params string[] flags)
    {
        using var harness = new Harness { Script = Sessions.Train };
        var code = harness.Run(["train", .. flags]);
        (output, error) = (harness.Output, harness.Error);
        return code;
    }

    private static void InFolder(Action<string> test)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            test(folder);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static Dictionary<string, byte[]> Tensors(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        return file.Tensors.ToDictionary(
            tensor => tensor.Name,
            tensor =>
            {
                var bytes = new byte[tensor.ByteCount];
                file.Read(tensor, bytes);
                return bytes;
            },
            StringComparer.Ordinal);
    }
}
