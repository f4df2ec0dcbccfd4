using System.Globalization;
using Rubato.Cli.Settings;
using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Running;
using Rubato.Torch.Snapshots;

namespace Rubato.Torch.Tests.Checkpoints;

/// <summary>
/// Damaged checkpoints are seen; and what is read of one whose checksum was made to fit is used or refused by a sentence: no other
/// exception, no hang, no more allocation than ten times the file and a constant. RUBATO_MUTATIONS sets how many are tried.
/// </summary>
public sealed class ResumptionTests : IDisposable
{
    private const int OrdinaryRun = 2_000;

    // What does not grow with the file: readers' buffers, exceptions with their traces, at most some findings.
    private const int Constant = 256 << 10;

    // Of smaller files the constant is most of what is allocated.
    private const int Sizeable = 32 << 10;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly Scratch _scratch = new();

    private TrainSettings Settings => _scratch.Small with
    {
        Batch = 20,
        Epochs = 4,
        Network = "mlp(4)",
        LearningRate = Rate.Parse("autowarmup"),
        Guard = true,
        SaveEvery = SaveInterval.Parse("10ba"),
    };

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Open_ABitFlippedAnywhere_IsSeenAndTheOlderOneIsUsed()
    {
        var (folder, newest, older) = TwoCheckpoints();
        var files = Directory.GetFiles(newest.Path);
        Assert.Equal(3, files.Length);
        var random = new CounterRandom(20, 1, 0);
        for (var flip = 0; flip < 1_000; flip++)
        {
            var file = files[flip % files.Length];
            var original = File.ReadAllBytes(file);
            var changed = original.ToArray();
            changed[random.NextInt(changed.Length)] ^= (byte)(1 << random.NextInt(8));
            File.WriteAllBytes(file, changed);
            using (var resumed = Resumption.Open(folder, ResumePolicy.Strict))
            {
                Assert.Equal(older, resumed.From);
                Assert.StartsWith(
                    $"the checkpoint {newest.Path} cannot be used: ", Assert.Single(resumed.Damaged), StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, original);
        }

        using var whole = Resumption.Open(folder, ResumePolicy.Strict);
        Assert.Equal(newest, whole.From);
    }

    [Theory]
    [InlineData("state.json")]
    [InlineData("tensors.safetensors")]
    [InlineData("SHA256SUMS")]
    public void Open_ShortOrMissingPart_IsNamedAndTheOlderOneIsUsed(string name)
    {
        var (folder, newest, older) = TwoCheckpoints();
        var file = Path.Combine(newest.Path, name);
        var bytes = File.ReadAllBytes(file);
        foreach (var length in (int[])[bytes.Length - 1, bytes.Length / 2, 0, -1])
        {
            File.Delete(file);
            if (length >= 0)
            {
                File.WriteAllBytes(file, bytes[..length]);
            }

            using var resumed = Resumption.Open(folder, ResumePolicy.Strict);
            Assert.Equal(older, resumed.From);
            Assert.Contains(name, Assert.Single(resumed.Damaged), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_OfAnotherVersion_IsNamedAndTheOlderOneIsUsed()
    {
        var (folder, newest, older) = TwoCheckpoints();
        File.WriteAllText(newest.StatePath, File.ReadAllText(newest.StatePath).Replace("\"version\":1,", "\"version\":7,", StringComparison.Ordinal));
        MakeSumsFit(newest);

        using var resumed = Resumption.Open(folder, ResumePolicy.Strict);

        Assert.Equal(older, resumed.From);
        Assert.Contains("is of version 7, but this program reads version 1", Assert.Single(resumed.Damaged), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AllDamaged_SaysOfEachWhyAndBeginsNothing()
    {
        var (folder, newest, older) = TwoCheckpoints();
        File.Delete(newest.StatePath);
        File.Delete(older.TensorsPath);

        var message = Assert.Throws<InvalidInputException>(() => Resumption.Open(folder, ResumePolicy.Strict)).Message;

        Assert.Equal(
            [
                $"the checkpoint {newest.Path} cannot be used: state.json is missing; none before it is left.",
                $"the checkpoint {older.Path} cannot be used: tensors.safetensors is missing; none before it is left.",
            ],
            message.Split('\n'),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Read_MutatedStatesAndTensors_AreUsedOrRefusedByASentence()
    {
        var wanted = Environment.GetEnvironmentVariable("RUBATO_MUTATIONS");
        var count = wanted is null ? OrdinaryRun : int.Parse(wanted, CultureInfo.InvariantCulture);
        var (_, newest, _) = TwoCheckpoints();
        var (json, tensors) = (File.ReadAllBytes(newest.StatePath), File.ReadAllBytes(newest.TensorsPath));
        using var parts = new RunParts(Trained.Task(Settings));
        var (used, most) = (0, 0.0);
        var cancellation = TestContext.Current.CancellationToken;
        for (var mutation = 0; mutation < count; mutation++)
        {
            var random = new CounterRandom(21, 2, mutation);
            var isState = mutation % 2 == 0;
            var changed = Mutate(isState ? json : tensors, ref random);
            await Task.Run(
                () =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    used += (isState ? IsState(changed, parts) : IsTensors(changed, parts)) ? 1 : 0;
                    var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    most = changed.Length < Sizeable ? most : Math.Max(most, (double)allocated / changed.Length);
                    Assert.True(
                        allocated <= (10L * changed.Length) + Constant,
                        $"Mutation {mutation} allocated {allocated} bytes for {changed.Length}.");
                },
                cancellation).WaitAsync(Hang, cancellation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} mutations of {json.Length} and {tensors.Length} bytes: {used} usable; most allocated {most:F2} times a file of 32 KiB or more");
        Assert.InRange(used, count / 50, count - (count / 4));
    }

    private (RunFolder Folder, Checkpoint Newest, Checkpoint Older) TwoCheckpoints()
    {
        var run = new Scratch.Silent();
        _scratch.Run(Settings, run);
        var folder = RunFolder.Open(run.Description!.Folder!);
        var all = new CheckpointFolder(folder.CheckpointsPath).All;
        Assert.Equal([40, 30], all.Select(checkpoint => checkpoint.Updates));
        return (folder, all[0], all[1]);
    }

    private static void MakeSumsFit(Checkpoint checkpoint)
    {
        var sums = new[] { checkpoint.StatePath, checkpoint.TensorsPath }.Select(path =>
            $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}  {Path.GetFileName(path)}\n");
        File.WriteAllText(Path.Combine(checkpoint.Path, "SHA256SUMS"), string.Concat(sums));
    }

    private static bool IsState(byte[] json, RunParts parts) => IsUsable(() =>
    {
        var state = RunState.Read(json, "state.json");
        new Driver(parts.Loop.Controller).Restore(state.Driver.GetRawText(), ResumePolicy.UseNew);
    });

    private static bool IsTensors(byte[] bytes, RunParts parts) => IsUsable(() =>
    {
        using var file = SnapshotFile.Open(new MemoryStream(bytes), "tensors.safetensors");
        using var now = Snapshot.Take(parts.Network, parts.Optimizer);
        using var good = Snapshot.Take(parts.Network, parts.Optimizer);
        using var candidate = Snapshot.Take(parts.Network, parts.Optimizer);
        file.Fill([new("now", now), new("good", good), new("candidate", candidate)]);
    });

    private static bool IsUsable(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidInputException exception)
        {
            Assert.All(exception.Findings, finding => Assert.EndsWith(".", $"{finding}", StringComparison.Ordinal));
            return false;
        }
    }

    // Bits, numbers, cuts, doubled and dropped pieces: most places keep the structure around them whole.
    private static byte[] Mutate(byte[] original, ref CounterRandom random)
    {
        string[] tokens = ["\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "0", "true", "\"NaN\"", "9223372036854775808", "\0"];
        var bytes = original.ToArray();
        for (var changes = 1 + random.NextInt(3); changes > 0 && bytes.Length > 0; changes--)
        {
            var at = random.NextInt(bytes.Length);
            switch (random.NextInt(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 1:
                    bytes[at] = (byte)('0' + random.NextInt(10));
                    break;
                case 2 when random.NextInt(4) == 0:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. System.Text.Encoding.UTF8.GetBytes(tokens[random.NextInt(tokens.Length)]), .. bytes[at..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.NextInt(8))..]];
                    break;
            }
        }

        return bytes;
    }
}
