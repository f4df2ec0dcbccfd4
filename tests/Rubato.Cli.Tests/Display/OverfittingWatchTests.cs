using Rubato.Cli.Display;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class OverfittingWatchTests
{
    [Fact]
    public void Note_TestLossRisesWhileTheTrainingLossFalls_SaysWhen() => Assert.Equal(
        "the test loss was lowest, 0.5000, after epoch 2, and is 0.6000 now, while the training loss fell to 0.1000: the network learns its samples "
        + "by heart; fewer epochs, more samples, dropout or --weight-decay may help, and --best validation-loss --validation 0.1 keeps the weights from before.",
        NoteOf((0.9, 0.8), (0.5, 0.5), (0.2, 0.55), (0.1, 0.6)));

    [Fact]
    public void Note_TheBestIsKept_DoesNotAskForIt()
    {
        var watch = new OverfittingWatch(keepsBest: true);
        watch.OnEvent(new EpochRecord(1, 1, 1, 0.9, 0.5, 0.5, 0.1, 1));
        watch.OnEvent(new EpochRecord(2, 2, 2, 0.1, 0.9, 0.5, 0.1, 1));
        Assert.EndsWith("dropout or --weight-decay may help.", watch.Note, StringComparison.Ordinal);
    }

    // The test loss falls; or rises by a tenth; or the training loss stays above half; or the best epoch is one of the last.
    [Fact]
    public void Note_UsualRuns_None()
    {
        Assert.Null(NoteOf());
        Assert.Null(NoteOf((0.9, 0.8), (0.5, 0.6), (0.1, 0.5)));
        Assert.Null(NoteOf((0.9, 0.8), (0.5, 0.5), (0.2, 0.52), (0.1, 0.55)));
        Assert.Null(NoteOf((0.9, 0.8), (0.5, 0.5), (0.4, 0.6), (0.3, 0.7)));
        Assert.Null(NoteOf((0.9, 0.8), (0.5, 0.7), (0.4, 0.6), (0.3, 0.55), (0.25, 0.5), (0.1, 0.6)));
    }

    [Fact]
    public void Note_NoTestSet_None() => Assert.Null(NoteOf((0.9, double.NaN), (0.1, double.NaN)));

    private static string? NoteOf(params (double Train, double Test)[] epochs)
    {
        var watch = new OverfittingWatch();
        foreach (var (index, (train, test)) in epochs.Index())
        {
            watch.OnEvent(new EpochRecord(index + 1, index + 1, index + 1, train, test, 0.5, 0.1, 1));
        }

        return watch.Note;
    }
}
