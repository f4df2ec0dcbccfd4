using Rubato.Runs.Checkpoints;

namespace Rubato.Runs.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Root => _temporary["checkpoints"];

    private CheckpointFolder Checkpoints => new(Root);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void All_NoFolder_None() => Assert.Empty(Checkpoints.All);

    [Fact]
    public void Write_Twice_TheNewestIsFirstAndBothAreWhole()
    {
        Write(7, "seven");
        var written = Write(14, "fourteen");
        Assert.Equal([14L, 7], Checkpoints.All.Select(checkpoint => checkpoint.Updates));
        Assert.Equal(written, Checkpoints.All[0]);
        Assert.All(Checkpoints.All, checkpoint => Assert.Null(checkpoint.Finding()));
        Assert.Equal(("fourteen", "tensors of fourteen"), (File.ReadAllText(written.StatePath), File.ReadAllText(written.TensorsPath)));
    }

    [Fact]
    public void Write_MoreThanStay_TheOldestGo()
    {
        for (var updates = 0; updates < 5; updates++)
        {
            Write(updates, "x", keep: 3);
        }

        Assert.Equal(["update-2", "update-3", "update-4"], Names());
    }

    [Fact]
    public void Write_SameNumber_ReplacesIt()
    {
        Write(7, "old");
        Write(7, "new");
        Assert.Equal(["update-7"], Names());
        Assert.Equal("new", File.ReadAllText(Checkpoints.All[0].StatePath));
    }

    [Fact]
    public void Write_ALowerNumber_WhatIsNewerGoes()
    {
        Write(7, "x");
        Write(21, "damaged");
        Write(14, "x");
        Assert.Equal(["update-14", "update-7"], Names());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_NoRoom_WhatWasThereIsStillThereAndNothingElse(bool inTensors)
    {
        Write(7, "seven");
        Write(14, "fourteen");
        Assert.Throws<IOException>(() => Checkpoints.Write(
            21,
            stream =>
            {
                stream.Write("part"u8);
                Fail(!inTensors);
            },
            stream =>
            {
                stream.Write("part"u8);
                Fail(inTensors);
            },
            keep: 2));
        Assert.Equal(["update-14", "update-7"], Names());
        Assert.All(Checkpoints.All, checkpoint => Assert.Null(checkpoint.Finding()));
    }

    [Fact]
    public void RemoveUnfinished_LeftByKilledProcesses_OnlyWholeOnesStay()
    {
        Write(7, "seven");
        Write(14, "fourteen");
        Write(21, "old");

        // Killed while it wrote, between the two renames of a replacement, and after them.
        Directory.CreateDirectory(Path.Combine(Root, "update-28.partial"));
        File.WriteAllText(Path.Combine(Root, "update-28.partial", "state.json"), "pa");
        Directory.Move(Path.Combine(Root, "update-14"), Path.Combine(Root, "update-14.replaced"));
        Directory.CreateDirectory(Path.Combine(Root, "update-21.replaced"));
        Checkpoints.RemoveUnfinished();
        Assert.Equal(["update-14", "update-21"], Names());
        Assert.Equal([("old", null), ("fourteen", null)], Checkpoints.All.Select(one => (File.ReadAllText(one.StatePath), one.Finding())));
    }

    [Fact]
    public void KeepNewest_Fewer_SaysWhetherAnyWent()
    {
        Write(7, "x");
        Write(14, "x");
        Assert.False(Checkpoints.KeepNewest(2));
        Assert.True(Checkpoints.KeepNewest(1));
        Assert.Equal(["update-14"], Names());
    }

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw new IOException("no room");
        }
    }

    private Checkpoint Write(long updates, string text, int keep = 2)
    {
        return Checkpoints.Write(
            updates,
            stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)),
            stream => stream.Write(System.Text.Encoding.UTF8.GetBytes($"tensors of {text}")),
            keep);
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
