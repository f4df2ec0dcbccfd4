using Rubato.Runs.Checkpoints;

namespace Rubato.Runs.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Finding_Whole_None() => Assert.Null(Written().Finding());

    [Theory]
    [InlineData("state.json", "state.json is not what SHA256SUMS says")]
    [InlineData("tensors.safetensors", "tensors.safetensors is not what SHA256SUMS says")]
    [InlineData("SHA256SUMS", "SHA256SUMS does not fit its files")]
    public void Finding_EachByteChanged_SaysWhere(string name, string expected)
    {
        var checkpoint = Written();
        var file = Path.Combine(checkpoint.Path, name);
        var whole = File.ReadAllBytes(file);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(file, changed);
            Assert.NotNull(checkpoint.Finding());
        }

        File.WriteAllBytes(file, name == "SHA256SUMS" ? [] : [.. whole, 0]);
        Assert.Equal(expected, checkpoint.Finding());
        File.WriteAllBytes(file, whole);
        Assert.Null(checkpoint.Finding());
    }

    [Theory]
    [InlineData("state.json", "state.json is missing")]
    [InlineData("tensors.safetensors", "tensors.safetensors is missing")]
    [InlineData("SHA256SUMS", "it has no SHA256SUMS")]
    public void Finding_FileMissing_SaysWhich(string name, string expected)
    {
        var checkpoint = Written();
        File.Delete(Path.Combine(checkpoint.Path, name));
        Assert.Equal(expected, checkpoint.Finding());
    }

    [Theory]
    [InlineData("update-12", 12L)]
    [InlineData("update-", null)]
    [InlineData("update--1", null)]
    [InlineData("update-12.partial", null)]
    [InlineData("lock", null)]
    public void In_Names_OnlyNumbersAreCheckpoints(string name, long? updates) =>
        Assert.Equal(updates, Checkpoint.In(_temporary[name])?.Updates);

    private Checkpoint Written() => new CheckpointFolder(_temporary.Path).Write(
        7, stream => stream.Write("{}"u8), stream => stream.Write("tensors"u8), keep: 1);
}
