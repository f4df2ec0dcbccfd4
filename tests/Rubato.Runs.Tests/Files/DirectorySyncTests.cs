using Rubato.Runs.Files;

namespace Rubato.Runs.Tests.Files;

public sealed class DirectorySyncTests
{
    [Fact]
    public void Flush_AFolderOrNone_ChangesNothingAndHoldsNothing()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["x"], "text");

        // Handles that stayed open would run out.
        for (var i = 0; i < 3000; i++)
        {
            DirectorySync.Flush(folder.Path);
        }

        Assert.Equal("text", File.ReadAllText(folder["x"]));
        folder.Dispose();
        DirectorySync.Flush(folder.Path);
        Assert.False(Directory.Exists(folder.Path));
    }
}
