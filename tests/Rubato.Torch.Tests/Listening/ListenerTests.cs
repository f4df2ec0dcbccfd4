using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Listening;

public sealed class ListenerTests
{
    private static readonly StepRecord Step = new()
    {
        Step = 1,
        Samples = 1,
        Epoch = 1,
        Loss = 1,
        LearningRate = 1,
        BatchSize = 1,
        Momentum = 0,
        WeightDecay = 0,
        GradientNorm = 1,
        Seconds = 1,
    };

    [Fact]
    public void All_Several_AreToldInOrder()
    {
        var heard = new List<string>();
        var all = Listener.All(new Named("a", heard), new Named("b", heard), Listener.None, new Named("c", heard));

        all.OnStep(Step);
        all.OnEvent(new UpdatesBegin());

        Assert.Equal(["a step", "b step", "c step", "a UpdatesBegin", "b UpdatesBegin", "c UpdatesBegin"], heard);
    }

    [Fact]
    public void All_None_HearsAndDoesNothing() => Listener.All().OnStep(Step);

    [Fact]
    public void All_Null_Throws() => Assert.Throws<ArgumentNullException>(() => Listener.All(Listener.None, null!));

    [Fact]
    public void Of_OneKindOfEvent_IsCalledWithThatAlone()
    {
        var heard = new List<EpochRecord>();
        var listener = Listener.Of<EpochRecord>(heard.Add);
        var epoch = new EpochRecord(1, 1, 1, 1, 1, 1, 1, 1);

        listener.OnEvent(new UpdatesBegin());
        listener.OnEvent(epoch);
        listener.OnStep(Step);

        Assert.Equal([epoch], heard);
    }

    private sealed class Named(string name, List<string> heard) : Listener
    {
        public override void OnStep(in StepRecord record) => heard.Add($"{name} step");

        public override void OnEvent(TrainingEvent happened) => heard.Add($"{name} {happened.GetType().Name}");
    }
}
