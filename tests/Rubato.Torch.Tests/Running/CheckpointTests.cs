using Rubato.Runs.Weights;
using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Running;

public sealed class CheckpointTests
{
    [Fact]
    public void Open_Written_Position()
    {
        using var file = new MemoryStream();
        Checkpoint.Write(file, "where it stands", []);
        using var checkpoint = Checkpoint.Open(file, "x");
        Assert.Equal(("where it stands", false), (checkpoint.Position, checkpoint.Has("good")));
    }

    [Fact]
    public void Open_NoPosition_OneSentence()
    {
        var file = new MemoryStream();
        SafeTensorsWriter.Write(file, [TensorEntry.From("positions", "U8", [1], new byte[1])]);
        Assert.StartsWith(
            "'x' has no tensor 'position'", Assert.Throws<InvalidInputException>(() => Checkpoint.Open(file, "x")).Message, StringComparison.Ordinal);
    }
}
