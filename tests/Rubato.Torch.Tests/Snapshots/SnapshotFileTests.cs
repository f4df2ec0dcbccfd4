using Rubato.Torch.Snapshots;

namespace Rubato.Torch.Tests.Snapshots;

public sealed class SnapshotFileTests
{
    [Fact]
    public void Open_Nothing_HasNothing()
    {
        using var stream = new MemoryStream();
        SnapshotFile.Write(stream, []);
        using var file = SnapshotFile.Open(stream, "x");
        Assert.False(file.Has("good"));
    }
}
