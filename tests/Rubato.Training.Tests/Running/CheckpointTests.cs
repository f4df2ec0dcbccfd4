using System.Text;
using Rubato.Control;
using Rubato.Runs.Weights;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class CheckpointTests
{
    [Fact]
    public void Open_Written_ProgressAndState()
    {
        using var file = new MemoryStream();
        Checkpoint.Write(file, new Progress(7, 900), ControllerState.None, []);
        using var checkpoint = Checkpoint.Open(file, "x");
        Assert.Equal((new Progress(7, 900), ControllerState.None, false), (checkpoint.Progress, checkpoint.State, checkpoint.Has("good")));
    }

    [Theory]
    [InlineData("positions", "{}", "'x' has no tensor 'position'")]
    [InlineData("position", "{}", "'x': the position cannot be read")]
    [InlineData("position", """{"version":2,"updates":1,"samples":1,"controller":"{\"kind\":\"none\"}"}""", "'x' stands at version 2")]
    [InlineData("position", """{"version":1,"updates":2,"samples":1,"controller":"{\"kind\":\"none\"}"}""", "'x' stands at version 1, 2 updates and 1 samples")]
    [InlineData("position", """{"version":1,"updates":1,"samples":1,"controller":"{}"}""", "the saved controller")]
    public void Open_Wrong_OneSentence(string name, string text, string start)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = new MemoryStream();
        SafeTensorsWriter.Write(file, [TensorEntry.From(name, "U8", [bytes.Length], bytes)]);
        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => Checkpoint.Open(file, "x")).Message, StringComparison.Ordinal);
    }
}
