using Rubato.Cli.Display;
using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Tests.Display;

public sealed class FindTextTests
{
    [Theory]
    [InlineData(RangeEnd.Completed, "run 2 of 3  went through all rates: 2 updates, up to lr 0.2; loss 1.5000 at best, at lr 0.1")]
    [InlineData(RangeEnd.Diverged, "run 2 of 3  diverged: 2 updates, up to lr 0.2; loss 1.5000 at best, at lr 0.1")]
    [InlineData(RangeEnd.NonFinite, "run 2 of 3  lost its loss: 2 updates, up to lr 0.2; loss 1.5000 at best, at lr 0.1")]
    [InlineData(RangeEnd.Interrupted, "run 2 of 3  was interrupted: 2 updates, up to lr 0.2; loss 1.5000 at best, at lr 0.1")]
    public void RunEnd_OfEachKind_ALine(RangeEnd end, string expected)
    {
        var curve = new RangeCurve([new RangePoint(1, 0.1, 1.5), new RangePoint(2, 0.2, 1.75)], end);
        var meter = new FindMeter(ScriptedFind.Description with { Runs = 3 });
        meter.OnRun(new RangeRunBegun(2, null, 0, 7));
        foreach (var point in curve.Points)
        {
            meter.OnPoint(new RangePointMeasured(point, point.Loss));
        }

        Assert.Equal(expected, FindText.RunEnd(meter, curve));
        Assert.Equal("run 2 of 3  weight decay 0  seed 7", FindText.Run(meter));
        Assert.Equal("run 2 of 3  update 2 of 120  lr 0.2  loss 1.7500", FindText.Point(meter));
    }

    [Fact]
    public void RunEnd_NoFiniteLoss_NothingOfALoss()
    {
        var meter = new FindMeter(ScriptedFind.Description);
        meter.OnRun(new RangeRunBegun(1, 0.9, 0, 0));
        meter.OnPoint(new RangePointMeasured(new RangePoint(1, 0.1, double.NaN), double.NaN));

        Assert.Equal("run 1 of 1  lost its loss: 1 update, up to lr 0.1", FindText.RunEnd(meter, new RangeCurve([new RangePoint(1, 0.1, double.NaN)], RangeEnd.NonFinite)));
    }
}
