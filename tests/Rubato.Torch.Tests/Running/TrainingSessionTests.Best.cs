using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Runs.Weights;

namespace Rubato.Torch.Tests.Running;

/// <summary>Validation samples, the best weights, and early stops.</summary>
public sealed partial class TrainingSessionTests
{
    // At this rate no weight of 32 bits moves: every evaluation is that of the first epoch.
    private TrainSettings Still => _scratch.Small with { LearningRate = Rate.Parse("constant(1e-30)"), Validation = 0.2, Epochs = 6 };

    public static TheoryData<string> Rewrites => ["", "exponential"];

    [Fact]
    public void Run_Validation_ColumnsAndNumbersOfSamplesThatAreNotTrainedOn()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { Validation = 0.2 }, listener);

        Assert.Equal((160, 40), (listener.Description!.TrainSamples, listener.Description.ValidationSamples));
        Assert.Equal((2.0, 320L), (listener.Description.Epochs, listener.Description.Samples));
        Assert.EndsWith(",seconds,validation_loss,validation_accuracy", _scratch.Lines(listener.Description, "epochs.csv")[0], StringComparison.Ordinal);
        Assert.All(listener.Epochs, epoch => Assert.True(epoch.ValidationLoss > 0 && epoch.ValidationAccuracy is >= 0 and <= 1));
        Assert.Equal((listener.Epochs[^1].ValidationLoss, listener.Epochs[^1].ValidationAccuracy), (summary.ValidationLoss, summary.ValidationAccuracy));
        Assert.Equal((null, false), (summary.Best, summary.StoppedEarly));
        Assert.Contains("validation: 0.2", _scratch.Lines(listener.Description, "config.yaml"));
    }

    [Theory]
    [MemberData(nameof(Rewrites))]
    public void Run_Best_TheRunGoesOnAsWithoutIt(string rewrite)
    {
        var (plain, keeping) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { Rewrite = RewriteSequence.Parse(rewrite), Validation = 0.2 };
        _scratch.Run(settings, plain);
        var summary = _scratch.Run(settings with { Best = Watched.ValidationLoss }, keeping);

        Assert.Equal(plain.Steps.Select(step => step with { Seconds = 0 }), keeping.Steps.Select(step => step with { Seconds = 0 }));
        Assert.Equal(plain.Epochs.Select(epoch => epoch with { Seconds = 0 }), keeping.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal(_scratch.Weights(plain.Description!), _scratch.Weights(keeping.Description!));
        var best = keeping.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.Equal(
            (Watched.ValidationLoss, best.ValidationLoss, best.Epoch, best.Step, best.Samples, best.TestLoss, best.TestAccuracy, best.ValidationAccuracy, "best.safetensors"),
            (summary.Best!.Watched, summary.Best.Value, summary.Best.Epoch, summary.Best.Updates, summary.Best.Samples, summary.Best.TestLoss, summary.Best.TestAccuracy, summary.Best.ValidationAccuracy, summary.Best.File));
    }

    [Theory]
    [MemberData(nameof(Rewrites))]
    public void Run_BestThatIsTheLast_TheSameWeightsInBothFiles(string rewrite)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(
            Decayed with { Rewrite = RewriteSequence.Parse(rewrite), LearningRate = Rate.Parse("constant(0.05)"), Epochs = 1, Best = Watched.TestLoss }, listener);

        var folder = listener.Description!.Folder!;
        Assert.Equal(Bytes(Path.Combine(folder, "model.safetensors")), Bytes(Path.Combine(folder, "best.safetensors")));
        using var file = SafeTensorsReader.Open(Path.Combine(folder, "best.safetensors"));
        Assert.Equal(("test-loss", "1", "10", "400"), (file.Metadata["watched"], file.Metadata["epoch"], file.Metadata["updates"], file.Metadata["samples"]));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    [InlineData(9, 6)]
    public void Run_StopEarly_AfterItsPatienceOrAtTheEnd(int patience, int epochs)
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Still with { StopEarly = patience }, listener);

        Assert.Equal((RunStatus.Completed, epochs < 6), (summary.Status, summary.StoppedEarly));
        Assert.Equal(epochs, listener.Epochs.Count);
        Assert.Equal((Watched.ValidationLoss, 1.0), (summary.Best!.Watched, summary.Best.Epoch));
        Assert.Contains("best: validation-loss", _scratch.Lines(listener.Description!, "config.yaml"));
    }

    [Fact]
    public void Run_PlateauOfAnEvaluation_ReducesAtTheEndsOfEpochs()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Still with { LearningRate = Rate.Parse("plateau(1e-30, eps 0, patience 1, watch validation-accuracy)"), Guard = true }, listener);

        var ends = listener.Epochs.Select(epoch => epoch.Step).ToList();
        Assert.Equal([ends[2], ends[4]], listener.Events.Select(happened => happened.Step));
        Assert.All(listener.Events, happened => Assert.Equal(
            (EventKind.Plateau, Watched.ValidationAccuracy, listener.Epochs[0].ValidationAccuracy), (happened.Kind, happened.Watched, happened.Loss)));
        Assert.All(listener.Steps, step => Assert.Equal(
            step.Step <= ends[2] ? 1e-30 : step.Step <= ends[4] ? 1e-31 : 1e-32, step.LearningRate, 1e-12 * step.LearningRate));
        Assert.Contains("\"watched\":\"validation-accuracy\"", _scratch.Lines(listener.Description!, "events.jsonl")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plateau(0.1, watch validation-loss)", null, "lr is 'plateau(0.1, watch validation-loss)', but no samples are held out for validation; add --validation 0.1.")]
    [InlineData("0.1", Watched.ValidationAccuracy, "best is 'validation-accuracy', but no samples are held out for validation; add --validation 0.1.")]
    public void Run_WatchedWithoutSamples_OneSentence(string rate, Watched? best, string sentence) => Assert.Equal(
        sentence,
        Assert.Throws<InvalidInputException>(() => _scratch.Run(_scratch.Small with { LearningRate = Rate.Parse(rate), Best = best })).Message);

    [Fact]
    public void Run_BestOfTheTestSet_ANoteThatItPromisesTooMuch()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(_scratch.Small with { Best = Watched.TestAccuracy }, listener);
        Assert.Contains(listener.Description!.Notes, note => note.StartsWith("the best weights are chosen by the test set", StringComparison.Ordinal));
    }

    private static Dictionary<string, byte[]> Bytes(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor =>
        {
            var bytes = new byte[tensor.ByteCount];
            file.Read(tensor, bytes);
            return bytes;
        });
    }
}
