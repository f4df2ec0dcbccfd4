using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class ImagesTests
{
    [Fact]
    public void Train_StripesOfBytes_AreToldApartWithoutARate() => Learned.Right(Learned.OnOneThread(Images.Train), atLeast: 0.95);
}
