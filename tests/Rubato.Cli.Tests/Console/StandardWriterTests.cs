using System.Diagnostics;
using System.Text;
using Rubato.Cli.Console;

namespace Rubato.Cli.Tests.Console;

public sealed class StandardWriterTests
{
    [Theory]
    [InlineData(true, "standard output cannot be written: it is closed; send it to a file, or to /dev/null.")]
    [InlineData(false, "standard output cannot be written: No space left on device; send it to a file, or to /dev/null.")]
    public void Write_OutputThatFails_SaysThatItIsMeant(bool isClosed, string sentence)
    {
        Exception cause = isClosed ? new UnauthorizedAccessException("Access to the path is denied.") : new IOException("No space left on device");
        using var writer = StandardWriter.ForOutput(new Failing(cause));
        Assert.All(Ways(writer), way => Assert.Equal(sentence, Assert.Throws<InvalidInputException>(way).Message));
    }

    [Fact]
    public void Write_ErrorsThatFail_AreLost()
    {
        using var writer = StandardWriter.ForErrors(new Failing(new IOException("No space left on device")));
        Assert.All(Ways(writer), way => way());
    }

    [Fact]
    public void Write_StreamThatWorks_GetsAll()
    {
        using var inner = new StringWriter();
        using var writer = StandardWriter.ForOutput(inner);
        writer.Write('a');
        writer.Write("b");
        writer.Write(['c', 'd'], 0, 2);
        writer.WriteLine("e");
        Assert.Equal($"abcde{Environment.NewLine}", inner.ToString());
    }

    [Theory]
    [InlineData(">/dev/full", 2, "error: standard output cannot be written: No space left on device; send it to a file, or to /dev/null.\n")]
    [InlineData(">&-", 2, "error: standard output cannot be written: it is closed; send it to a file, or to /dev/null.\n")]
    [InlineData(">/dev/null", 0, "")]
    [InlineData("2>/dev/full", 0, "")]
    [InlineData("--wrong 2>/dev/full", 2, "")]
    [InlineData("--wrong 2>&-", 2, "")]
    public void Run_RedirectedStreams_EndAsTheySay(string redirection, int code, string error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no /dev/full.");
        var program = Path.Combine(AppContext.BaseDirectory, "Rubato.Cli.dll");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"dotnet '{program}' plan 'constant(0.1)' --length 3ep --data-size 100 {redirection}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEnd();
        var found = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((code, error), (process.ExitCode, found));
    }

    private static Action[] Ways(StandardWriter writer) =>
        [() => writer.Write('a'), () => writer.Write("a"), () => writer.Write(['a'], 0, 1), () => writer.WriteLine("a"), () => writer.WriteLine(), writer.Flush];

    private sealed class Failing(Exception exception) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw exception;

        public override void Write(string? value) => throw exception;

        public override void Write(char[] buffer, int index, int count) => throw exception;

        public override void Flush() => throw exception;
    }
}
