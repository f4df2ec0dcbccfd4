using Rubato.Runs.Records;
using Rubato.Runs.Weights;

namespace Rubato.Runs.Tests;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Create_NoName_FirstFreeNumber()
    {
        var root = _temporary["deep/runs"];

        Assert.Equal(Path.Combine(root, "glyphs-convnet-1"), RunFolder.Create(root, name: null, "glyphs-convnet").Path);
        Assert.Equal(Path.Combine(root, "glyphs-convnet-2"), RunFolder.Create(root, name: null, "glyphs-convnet").Path);
        Directory.Delete(Path.Combine(root, "glyphs-convnet-1"), recursive: true);
        Assert.Equal(Path.Combine(root, "glyphs-convnet-1"), RunFolder.Create(root, name: null, "glyphs-convnet").Path);
    }

    [Theory]
    [InlineData("mnist:data/mnist mlp(256, 128)", "mnist-data-mnist-mlp-256--128-1")]
    [InlineData("../..", "run-1")]
    [InlineData("", "run-1")]
    public void Create_DefaultNameOfOtherCharacters_MadePlain(string defaultName, string folder) =>
        Assert.Equal(_temporary[folder], RunFolder.Create(_temporary.Path, name: null, defaultName).Path);

    [Fact]
    public void Create_ManyAtOnce_EachItsOwn()
    {
        var paths = new string[64];
        Parallel.For(0, paths.Length, i => paths[i] = RunFolder.Create(_temporary.Path, name: null, "run").Path);

        Assert.Equal(paths.Length, paths.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(paths.Length, Directory.GetDirectories(_temporary.Path).Count(path => File.Exists(Path.Combine(path, "steps.jsonl"))));
    }

    [Fact]
    public void Create_GivenName_TakenOnce()
    {
        var path = RunFolder.Create(_temporary.Path, "first", "run").Path;

        var error = Assert.Throws<InvalidInputException>(() => RunFolder.Create(_temporary.Path, "first", "run"));

        Assert.Equal(_temporary["first"], path);
        Assert.Equal($"name is 'first', but the run folder '{path}' exists already; choose another name, or remove the folder.", error.Message);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void Create_NameThatIsAPath_Refused(string name)
    {
        var error = Assert.Throws<InvalidInputException>(() => RunFolder.Create(_temporary.Path, name, "run"));

        Assert.Equal(
            $"name is '{name}'; it must be a plain folder name without path separators; give the folder that holds it as the output folder.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
    }

    [Fact]
    public void Create_RootIsAFile_RefusedWithRemedy()
    {
        var root = _temporary["file"];
        File.WriteAllText(root, "");

        var error = Assert.Throws<InvalidInputException>(() => RunFolder.Create(root, name: null, "run"));

        Assert.StartsWith($"root is '{root}', but no run folder can be made there (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); choose a folder that can be written.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_RootOfTheKernel_RefusedWithRemedy()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs a folder that nobody can write, root included");

        var error = Assert.Throws<InvalidInputException>(() => RunFolder.Create("/proc/self/runs", "x", "run"));

        Assert.StartsWith("root is '/proc/self/runs', but no run folder can be made there (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AllFiles_StandUnderTheirNames()
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        folder.WriteConfiguration("seed: 1\n");
        using (var logs = folder.OpenLogs([]))
        {
            logs.Append(Samples.Step(1));
        }

        folder.WriteSummary(Samples.Summary());
        folder.WriteWeights([TensorEntry.From("a", "U8", [1], new byte[] { 1 })]);

        Assert.Equal(
            ["config.yaml", "epochs.csv", "model.safetensors", "steps.jsonl", "summary.json"],
            Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal("seed: 1\n", File.ReadAllText(folder.ConfigurationPath));
    }

    [Fact]
    public void WriteWeights_SourceFails_OldFileStaysAndNoneIsLeftOver()
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        folder.WriteWeights([TensorEntry.From("a", "U8", [1], new byte[] { 1 })]);
        var before = File.ReadAllBytes(folder.WeightsPath);

        Assert.Throws<ArgumentException>(() => folder.WriteWeights([TensorEntry.From("a", "U8", [2], new byte[] { 1 })]));

        Assert.Equal(before, File.ReadAllBytes(folder.WeightsPath));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void WriteBest_Twice_TheSecondWithWhatItIs()
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        folder.WriteBest([TensorEntry.From("a", "U8", [1], new byte[] { 1 })], Samples.Best() with { Epoch = 1 });
        folder.WriteBest([TensorEntry.From("a", "U8", [1], new byte[] { 2 })], Samples.Best());

        using var file = SafeTensorsReader.Open(folder.BestPath);
        var bytes = new byte[1];
        file.Read(file.Tensors[0], bytes);
        Assert.Equal(2, bytes[0]);
        Assert.Equal(
            ["epoch 2.5", "format pt", "samples 64000", "updates 500", "value 0.3", "watched validation-loss"],
            file.Metadata.Select(item => $"{item.Key} {item.Value}"));
        Assert.Equal(["best.safetensors", "steps.jsonl"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DiscardUnstarted_NoUpdateYet_Removed()
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        folder.WriteConfiguration("seed: 1\n");
        folder.OpenLogs(["mae"]).Dispose();

        Assert.True(folder.DiscardUnstarted());
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void DiscardUnstarted_AnEpochWithMetrics_Kept()
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        using (var logs = folder.OpenLogs(["mae"]))
        {
            logs.Append(new EpochRecord(1, 1, 1, 1, 1, 1, 1, 1) { Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["mae"] = 1 } });
        }

        folder.DiscardUnstarted();

        Assert.True(File.Exists(folder.EpochsPath));
    }

    [Theory]
    [InlineData("steps.jsonl")]
    [InlineData("notes.txt")]
    public void DiscardUnstarted_SomethingWasWritten_Kept(string file)
    {
        var folder = RunFolder.Create(_temporary.Path, "x", "run");
        File.WriteAllText(Path.Combine(folder.Path, file), "{");

        Assert.False(folder.DiscardUnstarted());
        Assert.True(Directory.Exists(folder.Path));
    }
}
