using Rubato.Torch.Tasks;
using Rubato.Torch.Verifying;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Verifying;

public sealed class TwinTests
{
    private static readonly int[] Probe = [.. Enumerable.Range(0, 64)];

    [Theory]
    [InlineData("mlp(16, norm batch)", ScalarType.Float64)]
    [InlineData("mlp(16, norm batch)", ScalarType.Float32)]
    [InlineData("mlp(16, norm batch, dropout 0.5)", ScalarType.Float64)]
    public void Step_TwoTwinsOfOneRun_EqualToTheBit(string network, ScalarType type)
    {
        var run = RunOf(network);
        using var first = new Twin(run, type);
        using var second = new Twin(run, type);
        for (var i = 0; i < 15; i++)
        {
            Assert.Equal(first.Step(), second.Step());
        }

        Assert.Equal((15, 480), (first.Updates, first.Samples));
        Assert.Equal(first.Outputs(Probe), second.Outputs(Probe));
        Assert.Equal(first.Accuracy(), second.Accuracy());
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-9)]
    [InlineData(ScalarType.Float32, 0.1)]
    public void Step_RoundedDifferently_OtherWeightsAndOutputsThatDifferByLittle(ScalarType type, double most)
    {
        var run = RunOf("mlp(16, norm batch)");
        using var first = new Twin(run, type);
        using var second = new Twin(run, type, rounding: 1);
        Assert.Equal(first.Outputs(Probe), second.Outputs(Probe));
        for (var i = 0; i < 5; i++)
        {
            _ = first.Step();
            _ = second.Step();
        }

        Assert.NotEqual(first.Direction(["1.weight"]), second.Direction(["1.weight"]));
        Assert.InRange(first.Outputs(Probe).Zip(second.Outputs(Probe), (a, b) => Math.Abs(a - b)).Max(), 0, most);
    }

    [Fact]
    public void Step_AfterTheEndOfThePlan_NoUpdate()
    {
        using var twin = new Twin(RunOf("mlp(16, norm batch)"), ScalarType.Float32);
        while (!twin.IsOver)
        {
            Assert.InRange(twin.Step(), 0, 10);
        }

        Assert.Equal(double.NaN, twin.Step());
        Assert.Equal(60, twin.Updates);
        Assert.False(twin.HasDiverged);
    }

    private static TrainingTask RunOf(string network) => Trained.Task(Verifications.Small.Training with { Network = network, Rewrite = new() });
}
