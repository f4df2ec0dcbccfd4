using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class SequencesTests
{
    [Fact]
    public void Train_RecurrentNetwork_RemembersTheFirstSymbol() =>
        Learned.Right(Learned.OnOneThread(Sequences.Train), atLeast: 0.9);
}
