using System.Security.Cryptography;
using System.Text;
using Rubato.Runs.Checkpoints;

namespace Rubato.Runs.Tests.Checkpoints;

public sealed class CheckpointSumsTests : IDisposable
{
    // Of no bytes: FIPS 180-4.
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Text_OfAnEmptyFile_IsAsSha256sumWritesIt()
    {
        File.WriteAllBytes(_temporary["a"], []);
        Assert.Equal($"{OfNothing}  a\n", Encoding.ASCII.GetString(CheckpointSums.Read(_temporary["a"]).Text));
    }

    [Fact]
    public void Text_OfWhatWasWritten_IsThatOfTheFiles()
    {
        File.WriteAllText(_temporary["a"], "1");
        File.WriteAllText(_temporary["b"], "2");
        var written = CheckpointSums.Of(("a", SHA256.HashData("1"u8)), ("b", SHA256.HashData("2"u8)));
        Assert.Equal(written.Text, CheckpointSums.Read(_temporary["a"], _temporary["b"]).Text);
        Assert.NotEqual(written.Text, CheckpointSums.Read(_temporary["b"], _temporary["a"]).Text);
    }
}
