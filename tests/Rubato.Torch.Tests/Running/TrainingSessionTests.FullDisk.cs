using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    [Theory]
    [InlineData("model.safetensors", "the weights are in")]
    [InlineData("summary.json", "could not be written")]
    public void Run_NoRoomForItsEnd_SaysSoAndResumingWritesIt(string name, string said)
    {
        var expected = new LeavesCopies(_scratch.Folder, most: 0);
        _scratch.Run(Kind("plain"), expected);

        // Nothing can be written over a folder.
        var blocked = new Blocks(name, atStep: 20);
        var exception = Assert.Throws<IOException>(() => _scratch.Run(Kind("plain"), blocked));
        Assert.Contains($"{name} could not be written", exception.Message, StringComparison.Ordinal);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        var folder = blocked.Description!.Folder!;
        Assert.Empty(Directory.GetFiles(folder, "*.partial"));
        Assert.Equal(name == "summary.json", File.Exists(Path.Combine(folder, "model.safetensors")));
        Directory.Delete(Path.Combine(folder, name));
        AssertGoesOn(Kind("plain"), folder, new LeavesCopies(_scratch.Folder, most: 0), LeftRun.Content(expected.Folder));
    }

    [Fact]
    public void Run_NoRoomForALogUntilItsEnd_GoesOnAndSaysWhatIsMissing()
    {
        var expected = new LeavesCopies(_scratch.Folder, most: 0);
        _scratch.Run(Kind("guard"), expected);
        var blocked = new Holds("events.jsonl");
        var exception = Assert.Throws<IOException>(() => _scratch.Run(Kind("guard"), blocked));
        Assert.StartsWith("the end of the logs is missing: ", exception.Message, StringComparison.Ordinal);
        var folder = blocked.Description!.Folder!;
        Assert.True(File.Exists(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(RunStatus.Completed, SummaryFile.Read(Path.Combine(folder, "summary.json")).Status);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder, "checkpoints")));
        blocked.Dispose();
        File.Delete(Path.Combine(folder, "summary.json"));
        AssertGoesOn(Kind("guard"), folder, new LeavesCopies(_scratch.Folder, most: 0), LeftRun.Content(expected.Folder));
    }

    [Fact]
    public void Run_RoomForALogAgain_NothingIsMissing()
    {
        var expected = new LeavesCopies(_scratch.Folder, most: 0);
        _scratch.Run(Kind("guard"), expected);
        var blocked = new Holds("events.jsonl", untilStep: 10);
        Assert.Equal(RunStatus.Completed, _scratch.Run(Kind("guard"), blocked).Status);
        Assert.Equal(["SavingTrouble True", "SavingTrouble False"], blocked.Trouble);
        Assert.Equal(LeftRun.Content(expected.Folder), LeftRun.Content(blocked.Description!.Folder!));
    }

    /// <summary>Puts a folder in the place of a file.</summary>
    private sealed class Blocks(string name, long atStep) : Scratch.Silent
    {
        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            if (record.Step == atStep)
            {
                Directory.CreateDirectory(Path.Combine(Description!.Folder!, name));
            }
        }
    }

    /// <summary>Holds a log, so that nobody else can write it.</summary>
    private sealed class Holds(string name, long untilStep = long.MaxValue) : Scratch.Silent, IDisposable
    {
        private FileStream? _file;

        public List<string> Trouble { get; } = [];

        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            if (record.Step >= untilStep)
            {
                Dispose();
            }
        }

        public override void OnEvent(TrainingEvent happened)
        {
            base.OnEvent(happened);
            if (happened is SavingTrouble trouble)
            {
                Trouble.Add($"SavingTrouble {trouble.Reason is not null}");
            }
            else if (happened is UpdatesBegin)
            {
                _file = new FileStream(Path.Combine(Description!.Folder!, name), FileMode.Create, FileAccess.Write, FileShare.None);
            }
        }

        public void Dispose() => _file?.Dispose();
    }
}
