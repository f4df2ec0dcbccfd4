using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class RatingsTests
{
    [Fact]
    public void Train_PairsThatWereNotSeen_AreRatedBetterThanByTheMean()
    {
        var (run, variance) = Learned.OnOneThread(Ratings.Train);

        Assert.Null(run.Accuracy);
        Assert.InRange(run.Loss!.Value, 0, variance / 3);
    }
}
