using Rubato.Control;
using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class GrowingTests
{
    [Fact]
    public void Train_CriticalBatchThatGrows_TheBatchFollowsToTheLargest()
    {
        var applied = new List<HyperParameters>();
        (double Loss, GradientNoise Noise) Update(HyperParameters values)
        {
            applied.Add(values);
            return (1, new GradientNoise(1, 8 * applied.Count));
        }

        var driver = Growing.Start();
        Growing.Train(driver, Update);
        var growth = ((AdaptiveBatchState)driver.State).Growth;

        Assert.Equal([40, 80, 160, 320, 640], applied.Select(values => values.BatchSize).Distinct());
        Assert.Equal((640L, 4L), (growth.Batch, growth.Changes));
        Assert.Equal((0.01, 0.1), (applied[0].LearningRate, applied[^1].LearningRate));
        Assert.InRange(applied.Sum(values => values.BatchSize), 60_000 - 20, 60_000 + 639);
    }

    [Fact]
    public void Measure_MicroBatches_TheEstimatesOfTheTwoSizes()
    {
        // Squares 5 and 1, of the mean (1, 1) it is 2.
        var noise = Growing.Measure([[1, 2], [1, 0]], microBatch: 10);
        Assert.Equal(1, noise.SquaredNorm, 1e-12);
        Assert.Equal(20, noise.Trace, 1e-12);
    }
}
