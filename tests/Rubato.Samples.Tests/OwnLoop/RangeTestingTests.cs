using Rubato.RangeTests;
using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class RangeTestingTests
{
    // With a momentum of 0.9 rates up to 2 (1 + 0.9) = 3.8 are stable here.
    [Fact]
    public void Train_Model_OneCycleWithTheMaximumThatWasFound()
    {
        using var output = new StringWriter();
        var model = new Model();

        RangeTesting.Train(model, output);

        Assert.Equal($"0.0775 to 0.31 by the rule 'lowest', confidence 1.00, batch 32{Environment.NewLine}", output.ToString());
        Assert.Equal(1, model.Weight, 1e-3);
    }

    [Fact]
    public void Train_ModelThatIsTrained_NoClearAnswerAndTheReason()
    {
        using var output = new StringWriter();
        var model = new Model { Weight = 1 };

        RangeTesting.Train(model, output);

        Assert.StartsWith("no clear answer: the loss ", output.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (model.Weight, model.Velocity));
    }

    [Theory]
    [InlineData(0.01, RangeEnd.Completed)]
    [InlineData(100, RangeEnd.Diverged)]
    [InlineData(1e300, RangeEnd.NonFinite)]
    public void Find_HoweverItEnds_ModelAsBefore(double endLr, RangeEnd end)
    {
        var model = new Model { Velocity = 0.5 };

        _ = RangeTesting.Find(model, new RangeTest(0.001, endLr, 30) { DivergeThreshold = end == RangeEnd.Diverged ? 4 : 1e300 }, batchSize: 32);

        Assert.Equal((10, 0.5), (model.Weight, model.Velocity));
        Assert.Equal(end == RangeEnd.Completed, model.SamplesSeen == 30 * 32);
    }
}
