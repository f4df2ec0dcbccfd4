using Rubato.Runs.Files;

namespace Rubato.Runs.Tests.Files;

public sealed class TextFileTests
{
    [Fact]
    public void Write_OverAFile_TheTextAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.csv");
        File.WriteAllText(path, "a longer text that stood there before");

        TextFile.Write(path, "ä,b\n");
        Assert.Equal([0xC3, 0xA4, 0x2C, 0x62, 0x0A], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
