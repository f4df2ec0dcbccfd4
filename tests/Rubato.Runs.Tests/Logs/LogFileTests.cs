using Rubato.Runs.Logs;

namespace Rubato.Runs.Tests.Logs;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Name => _temporary["x.log"];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Write_Lines_AreInTheFileAtOnce()
    {
        using var log = new LogFile(Name);
        Assert.False(File.Exists(Name));
        log.Write("a\n"u8);
        log.Write("bc\n"u8);
        Assert.Equal(("a\nbc\n", 5L, 5L), (Read(), log.Length, log.Position));
        Assert.Null(log.Trouble);
        Assert.Equal(5, log.Sync());
    }

    [Theory]
    [InlineData(0, "new\n")]
    [InlineData(4, "one\nnew\n")]
    [InlineData(8, "one\ntwo\nnew\n")]
    public void Write_FromALength_GoesOnThere(long length, string expected)
    {
        File.WriteAllText(Name, "one\ntwo\n");
        using var log = new LogFile(Name, length);
        log.Write("new\n"u8);
        Assert.Equal(expected, Read());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void New_AllIsCutOff_TheFileIsMissingOrStays(bool stays)
    {
        File.WriteAllText(Name, "one\n");
        using var log = new LogFile(Name, length: 0, stays);
        Assert.Equal(stays, File.Exists(Name));
        Assert.Equal("", stays ? Read() : "");
    }

    [Theory]
    [InlineData("one\n", 4)]
    [InlineData(null, 0)]
    public void New_ShorterThanTheCheckpointSays_OneSentence(string? content, long found)
    {
        if (content is not null)
        {
            File.WriteAllText(Name, content);
        }

        var exception = Assert.Throws<InvalidInputException>(() => new LogFile(Name, 5));
        Assert.Equal($"{Name} has {found} bytes, but the checkpoint was written when it had 5; it was cut or exchanged.", exception.Message);
        Assert.Equal(content is not null, File.Exists(Name));
    }

    [Fact]
    public void Write_DiskFullInALine_TheFileHasWholeLinesAndTheRestFollows()
    {
        var disk = new Disk { Room = 6 };
        using var log = new LogFile(Name, open: disk.Open);
        log.Write("one\n"u8);
        log.Write("two\n"u8);
        log.Write("three\n"u8);
        Assert.Equal(("one\n", 4L), (Read(), log.Length));
        Assert.Equal("no room", log.Trouble?.Message);
        Assert.Equal("no room", Assert.Throws<IOException>(() => log.Sync()).Message);
        disk.Room = 100;
        log.Flush();
        Assert.Equal("one\ntwo\nthree\n", Read());
        Assert.Null(log.Trouble);
        log.Write("four\n"u8);
        Assert.Equal("one\ntwo\nthree\nfour\n", Read());
        Assert.Equal(19, log.Sync());
    }

    [Fact]
    public void Write_FileThatCannotBeOpened_IsHeldBack()
    {
        var folder = _temporary["later"];
        using var log = new LogFile(Path.Combine(folder, "x.log"));
        log.Write("one\n"u8);
        Assert.IsType<DirectoryNotFoundException>(log.Trouble);
        Directory.CreateDirectory(folder);
        log.Write("two\n"u8);
        Assert.Null(log.Trouble);
        Assert.Equal("one\ntwo\n", File.ReadAllText(Path.Combine(folder, "x.log")));
    }

    [Fact]
    public void Write_MoreThanIsHeldBack_OneSentence()
    {
        var disk = new Disk();
        var log = new LogFile(Name, open: disk.Open);
        log.Write(new byte[LogFile.MostHeldBack]);
        var exception = Assert.Throws<IOException>(() => log.Write("x"u8));
        Assert.Equal($"{Name}: 64 MiB could not be written (no room); free some room.", exception.Message);
        Assert.Throws<IOException>(log.Dispose);
    }

    [Fact]
    public void Dispose_SomethingHeldBack_SaysHowMuchIsLost()
    {
        var disk = new Disk { Room = 4 };
        var log = new LogFile(Name, open: disk.Open);
        log.Write("one\n"u8);
        log.Write("two\n"u8);
        Assert.Equal($"{Name}: the last 4 bytes could not be written (no room).", Assert.Throws<IOException>(log.Dispose).Message);
        Assert.Equal("one\n", Read());
        log.Dispose();
    }

    private string Read()
    {
        using var stream = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A disk with so many bytes of room: a write that does not fit leaves a part of itself.</summary>
    private sealed class Disk
    {
        public long Room { get; set; }

        public FileStream Open(string path) => new Filling(path, this);

        private sealed class Filling(string path, Disk disk)
            : FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0)
        {
            public override void Write(ReadOnlySpan<byte> buffer)
            {
                var part = (int)Math.Min(buffer.Length, Math.Max(0, disk.Room - Position));
                base.Write(buffer[..part]);
                if (part < buffer.Length)
                {
                    throw new IOException("no room");
                }
            }
        }
    }
}
