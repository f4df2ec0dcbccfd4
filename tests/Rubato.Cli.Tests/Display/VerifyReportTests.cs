using Rubato.Cli.Display;
using Rubato.Torch;

namespace Rubato.Cli.Tests.Display;

public sealed class VerifyReportTests
{
    [Fact]
    public void Of_ManyEpochs_EverySoManyAndTheLast()
    {
        var outcome = ScriptedVerify.Holding with { Accuracies = [.. Enumerable.Range(1, 45).Select(epoch => new VerifiedAccuracy(epoch, 10 * epoch, 0.5, 0.5, 0.5))] };
        var epochs = VerifyReport.Of(outcome).Split('\n').Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(' ')[0]);

        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"{3 + (3 * i)}"), epochs);
    }

    [Fact]
    public void Of_PointsThatCannotAllBeJudged_SaysOverWhichUpdates() => Assert.Equal(
        """
        epoch  update  accuracy  rewritten  rounded differently
        1      30      50.00 %   50.00 %    50.00 %

        largest difference  rewritten  rounded differently  updates
        of an output        2e-14      1e-10                1 .. 20
        of a direction      1e-14                           1 .. 20
        of a batch's loss   1e-16                           1 .. 30
        of the accuracy     0.00 %     0.00 %               1 .. 30

        """,
        VerifyReport.Of(ScriptedVerify.Outcome((1e-14, 1e-13), (2e-14, 1e-10), (0.5, 0.25))));

    [Fact]
    public void Of_NoPoint_NothingOfOutputs() => Assert.Equal(
        """
        largest difference  rewritten  rounded differently  updates
        of a batch's loss   1e-16                           none

        """,
        VerifyReport.Of(ScriptedVerify.Outcome()));
}
