using Rubato.Cli.Settings;
using Rubato.Torch.Running;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    private static readonly TrainSettings Clipping = new()
    {
        Data = "glyphs(train 100, test 20)",
        Network = "mlp(8)",
        LearningRate = Rate.Parse("constant(0.1)"),
        Momentum = 0,
        WeightDecay = 0,
        Batch = 20,
        Length = Duration.Parse("20ba"),
        MeasureNoise = 1,
        Threads = OneThreadAttribute.Threads,
    };

    [Fact]
    public void Step_WithoutClipping_NoFactor()
    {
        using var parts = new RunParts(Trained.Task(Clipping));
        _ = parts.Loop.Step();
        Assert.Equal((null, null), (parts.Loop.ClipFactor, parts.Loop.ClippedShare));
    }

    // Of SGD without momentum the weights move by the rate times what is left of the gradient.
    [Theory]
    [InlineData("sgd", null)]
    [InlineData("sgd", 8)]
    public void Step_LimitOfTheNorm_WholeBatchIsShortenedAndTheNormIsThatBefore(string optimizer, int? micro)
    {
        var settings = Clipping with { Optimizer = optimizer, MicroBatch = micro };
        using var clipped = new RunParts(Trained.Task(settings with { ClipNorm = 0.25 }), type: ScalarType.Float64);
        using var plain = new RunParts(Trained.Task(settings), type: ScalarType.Float64);
        var before = Weights(clipped);
        var (seen, expected) = (clipped.Loop.Step(), plain.Loop.Step());

        Assert.Equal(expected.GradientNorm, seen.GradientNorm);
        Assert.Equal(expected.Noise, seen.Noise);
        Assert.Equal(0.25 / expected.GradientNorm!.Value, clipped.Loop.ClipFactor!.Value, 1e-12);
        Assert.Equal(1, clipped.Loop.ClippedShare);
        var (moved, whole) = (Moved(before, clipped), Moved(before, plain));
        Assert.Equal(0.1 * 0.25, Math.Sqrt(moved.Sum(number => number * number)), 1e-12);
        Numbers.Close([.. whole.Select(number => number * clipped.Loop.ClipFactor.Value)], moved, 1e-9, 1e-13);
    }

    [Fact]
    public void Step_LimitThatNothingReaches_TheSameRunToTheBit()
    {
        using var clipped = new RunParts(Trained.Task(Clipping with { ClipNorm = 1000, ClipValue = 1000 }));
        using var plain = new RunParts(Trained.Task(Clipping));
        for (var update = 0; update < 10; update++)
        {
            Assert.Equal(plain.Loop.Step(), clipped.Loop.Step());
            Assert.Equal(1, clipped.Loop.ClipFactor);
        }

        Assert.Equal(Weights(plain), Weights(clipped));
        Assert.Equal(0, clipped.Loop.ClippedShare);
    }

    // The descent pairs the gradient before clipping with the direction after it: n c, where without clipping it is n^2.
    [Fact]
    public void Step_PolyakUnderALimit_TheDescentAlongTheStepThatWasMade()
    {
        using var parts = new RunParts(
            Trained.Task(Clipping with { LearningRate = Rate.Parse("polyak(0.5) * constant(1)"), Guard = false, ClipNorm = 0.25 }), type: ScalarType.Float64);
        for (var update = 0; update < 5; update++)
        {
            var seen = parts.Loop.Step();
            var expected = seen.GradientNorm!.Value * Math.Min(0.25, seen.GradientNorm.Value);
            Assert.Equal(expected, seen.Descent!.Value, 1e-8 * expected);
        }
    }

    private static double[] Weights(RunParts parts) => [.. parts.Network.parameters().SelectMany(Numbers.Values)];

    private static double[] Moved(double[] before, RunParts parts) => [.. before.Zip(Weights(parts), (from, to) => from - to)];
}
