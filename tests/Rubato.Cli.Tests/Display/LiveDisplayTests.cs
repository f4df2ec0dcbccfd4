using Rubato.Runs.Records;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Display;

public sealed class LiveDisplayTests
{
    private static readonly string Bar = new('━', 20);

    [Fact]
    public void Train_Terminal_BarsAndLinesThatStay()
    {
        using var harness = new Harness { IsTerminal = true };
        harness.Console.Interactive().Width(160);

        Assert.Equal(0, harness.Run("train"));

        Assert.Contains("optimizer  sgd: peak learning rate 0.1, 4 updates in 2 epochs", harness.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 1/2  train loss 1.5000  test loss 0.7500  accuracy 90.00 %", harness.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2  train loss not finite  test loss 0.0512  accuracy 98.77 %", harness.Output, StringComparison.Ordinal);
        // The bar is drawn anew after each epoch: empty for the next one, full after the last.
        Assert.Contains($"epoch 2/2 {Bar} loss 1.4949  lr 0.05  833 samples/s  0:12 left", harness.Output, StringComparison.Ordinal);
        Assert.Contains($"epoch 2/2 {Bar} loss not finite  accuracy 90.00 %  lr 0.05  1,667 samples/s  0:00 left", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith("run folder          runs/first\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_TerminalAndRangeTest_ALineThatStays()
    {
        using var harness = new Harness
        {
            IsTerminal = true,
            Script = (_, listener, _, _) =>
            {
                listener.OnEvent(Harness.Description);
                listener.OnEvent(Harness.RangeTest);
                return Harness.Summary(RunStatus.Completed);
            },
        };
        harness.Console.Interactive().Width(160);

        Assert.Equal(0, harness.Run("train"));

        Assert.Contains("range test: 0.025 to 0.31 by lowest, 400 updates, 3.1 s", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_TerminalAndRollback_ALineThatStays()
    {
        using var harness = new Harness
        {
            IsTerminal = true,
            Script = (_, listener, _, _) =>
            {
                listener.OnEvent(Harness.Description);
                listener.OnEvent(Harness.Rollback);
                return Harness.Summary(RunStatus.Completed) with { Rollbacks = 1 };
            },
        };
        harness.Console.Interactive().Width(160);

        Assert.Equal(0, harness.Run("train"));

        Assert.Contains("update 1,007  loss not finite: rolled back, learning rates times 0.1 from here  1:02\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("peak learning rate  0.1\nrollbacks           1\nrun folder          runs/first\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_TerminalAndRunFails_ErrorComesThrough()
    {
        using var harness = new Harness { IsTerminal = true, Script = (_, _, _, _) => throw new InvalidInputException("no such data.") };
        harness.Console.Interactive();

        Assert.Equal(2, harness.Run("train"));
        Assert.Equal($"error: no such data.{Environment.NewLine}", harness.Error);
    }
}
