using Rubato.Cli.Display;
using Rubato.Data.Download;

namespace Rubato.Cli.Tests.Display;

public sealed class PlainDownloadTests
{
    [Fact]
    public void Report_LongFile_ALineEveryTenSeconds()
    {
        using var writer = new StringWriter();
        var time = new ManualTime();
        var display = new PlainDownload(writer, time);
        for (var second = 0; second <= 25; second++)
        {
            display.Report(new DownloadProgress("a", second * 1_000_000, 99_000_000));
            time.Seconds++;
        }

        Assert.Equal(["a  0.0 of 99.0 MB", "a  10.0 of 99.0 MB", "a  20.0 of 99.0 MB", ""], writer.ToString().Split(Environment.NewLine));
    }
}
