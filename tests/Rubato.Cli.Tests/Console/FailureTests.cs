using Rubato.Cli.Console;
using Rubato.Torch;

namespace Rubato.Cli.Tests.Console;

public sealed class FailureTests
{
    [Fact]
    public void Sentence_LackOfMemory_NamesTheFlag() => Assert.Equal(
        "training: can't allocate memory; a smaller --micro-batch needs less memory (TorchException; --verbose shows the details).",
        Failure.Sentence(new TorchException(TorchErrorKind.OutOfMemory, "training", "can't allocate memory; a smaller MicroBatch needs less memory")));

    [Fact]
    public void Sentence_OtherFailure_ItsFirstLine() => Assert.Equal(
        "training: MicroBatch is no operator (TorchException; --verbose shows the details).",
        Failure.Sentence(new AggregateException(new TorchException(TorchErrorKind.Failure, "training", "MicroBatch is no operator.\nat 3"))));
}
