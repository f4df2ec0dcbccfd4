using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch.Parallel;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class ProcessesTests
{
    [Fact]
    public void Train_Alone_LossFalls()
    {
        var (first, last) = Processes.Train(Alone.Instance);

        Assert.InRange(first, 0.5, 1);
        Assert.InRange(last, 0, first / 2);
    }
}
