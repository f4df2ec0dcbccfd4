using Rubato.Cli.Display;
using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Tests.Display;

public sealed class PlainFindTests
{
    [Fact]
    public void OnPoint_LongRun_ALineEveryTenSeconds()
    {
        using var writer = new StringWriter();
        var time = new ManualTime();
        var display = new PlainFind(writer, time);
        display.OnEvent(ScriptedFind.Description);
        display.OnEvent(new RangeRunBegun(1, 0.9, 0, 0));
        var points = Enumerable.Range(1, 25).Select(i => new RangePoint(i, 0.001 * i, 2)).ToList();
        foreach (var point in points)
        {
            time.Seconds++;
            display.OnEvent(new RangePointMeasured(point, 2));
        }

        display.OnEvent(new RangeRunEnded(new RangeCurve([.. points], RangeEnd.Completed)));
        Assert.Equal(
            """
            data       glyphs: 12,000 training samples, 1,000 of them held out
            network    convnet: 24,330 parameters
            optimizer  sgd: batches of 128
            device     cpu: 2 threads
            sweep      120 updates from 1e-5 to 10, 1 run
            run 1 of 1  momentum 0.9  weight decay 0  seed 0
            run 1 of 1  update 10 of 120  lr 0.01  loss 2.0000
            run 1 of 1  update 20 of 120  lr 0.02  loss 2.0000
            run 1 of 1  went through all rates: 25 updates, up to lr 0.025; loss 2.0000 at best, at lr 0.001

            """,
            writer.ToString());
    }
}
