using System.Globalization;
using System.Security.Cryptography;
using Rubato.Torch.Tests.Parallel;

namespace Rubato.Torch.Tests.Running;

/// <summary>Whole runs by several processes, beside the same by one that adds up gradients.</summary>
public sealed partial class TrainingSessionTests
{
    private static readonly string[] Common = ["--seed", "3", "--save-every", "off", "--quiet", "--threads", "1"];
    private static readonly string[] Mlp = ["--data", "glyphs(train 1000)", "--network", "mlp(32)", "--optimizer", "sgd", "--batch", "128"];

    [Theory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void Run_TwoProcesses_AreOneThatAccumulatesToTheBit(string library)
    {
        string[] flags = [.. Mlp, "--lr", "0.1", "--length", "60ba"];
        var one = One("float32", [.. flags, "--micro-batch", "64"]);
        var two = Several(library, 2, "float32", flags);
        Assert.Equal(one.Decisions[0], two.Decisions[0]);
        Assert.Equal(one.Decisions[0], two.Decisions[1]);
        Assert.Equal(Sha(one.Weights), Sha(two.Weights));
    }

    [Theory]
    [InlineData("auto", "--length", "80ba")]
    [InlineData("autowarmup", "--lr", "autowarmup", "--length", "80ba")]
    [InlineData("polyak", "--lr", "polyak(1)", "--momentum", "0", "--length", "40ba")]
    [InlineData("range test", "--lr", "one-cycle", "--length", "60ba")]
    [InlineData("guard", "--lr", "triangular(0.05..8, step 30ba)", "--guard", "on", "--length", "100ba")]
    [InlineData("grown", "--lr", "multi-step(0.1, gamma 0.2, at 3ep 5ep)", "--rewrite", "grow-batch(max 512)", "--length", "7ep")]
    [InlineData("adaptive", "--batch", "adaptive(128, max 512)", "--lr", "0.05", "--length", "8ep")]
    [InlineData("clipped", "--lr", "0.1", "--clip-norm", "0.5", "--measure-noise", "5", "--length", "40ba")]
    public void Run_ThreeProcesses_DecideAlikeAndAsOne(string method, params string[] flags)
    {
        string[] all = [.. method == "adaptive" ? Mlp[..^2] : Mlp, .. flags, "--micro-batch", "43"];
        var one = One("float64", all);
        var three = Several("openmpi", 3, "float64", all);
        Assert.Equal(three.Decisions[0], three.Decisions[1]);
        Assert.Equal(three.Decisions[0], three.Decisions[2]);
        AssertNear(one.Decisions[0], three.Decisions[0]);
        if (method == "guard")
        {
            Assert.Contains(three.Decisions[0], line => line.Contains("Rollback", StringComparison.Ordinal));
        }
    }

    // 1,000 samples in batches of 96 by 3: no batch but the last of an epoch is divided evenly, and the last of all has 40 samples.
    [Theory]
    [InlineData("float64", "--tail", "cut")]
    [InlineData("float64", "--tail", "carry")]
    public void Run_UnevenShares_AreOneProcess(string type, params string[] flags)
    {
        string[] all = [.. Mlp[..^1], "97", "--lr", "0.05", "--length", "3ep", .. flags];
        AssertNear(One(type, all).Decisions[0], Several("openmpi", 3, type, all).Decisions[0]);
    }

    [Fact]
    public void Run_GhostBatchesOfTwoProcesses_AreThoseOfOne()
    {
        string[] flags =
        [
            "--data", "glyphs(train 400)", "--network", "convnet", "--optimizer", "sgd", "--batch", "64", "--ghost-batch", "16",
            "--lr", "0.05", "--length", "20ba",
        ];
        var one = One("float32", [.. flags, "--micro-batch", "32"]);
        var two = Several("openmpi", 2, "float32", flags);
        var (expected, actual) = (Scratch.Weights(one.Weights), Scratch.Weights(two.Weights));
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected)
        {
            // Running statistics are added up in another order.
            var tolerance = name.Contains("running", StringComparison.Ordinal) ? 1e-5 : 0;
            Assert.All(values.Zip(actual[name]), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.First)),
                $"{name}: {pair.First:R} against {pair.Second:R}."));
        }
    }

    private static void AssertNear(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (own, other) = (expected[i].Split(' '), actual[i].Split(' '));
            Assert.Equal(own.Length, other.Length);
            for (var word = 0; word < own.Length; word++)
            {
                var isNumber = TryRead(own[word], out var first) & TryRead(other[word], out var second);
                Assert.True(
                    own[word] == other[word] || (isNumber && Math.Abs(first - second) <= 1e-9 * Math.Max(Math.Abs(first), 1e-3)),
                    $"'{expected[i]}' against '{actual[i]}'.");
            }
        }
    }

    private static bool TryRead(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private ProcessesRun One(string type, params string[] flags) => ProcessesRun.Alone(_scratch.Folder, type, [.. flags, .. Common]);

    private ProcessesRun Several(string library, int processes, string type, params string[] flags) =>
        ProcessesRun.Of(library, processes, _scratch.Folder, type, [.. flags, .. Common]);

    private static string Sha(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
