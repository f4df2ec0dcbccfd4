using Rubato.Cli.Settings;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed class GradientClipTests
{
    private static readonly TrainingTask Run = Trained.Task(new TrainSettings
    {
        Data = "glyphs(train 100)",
        Network = "mlp(8)",
        LearningRate = Rate.Parse("constant(0.1)"),
        Batch = 10,
        Length = Duration.Parse("10ba"),
        Threads = OneThreadAttribute.Threads,
    });

    [Fact]
    public void Of_RunWithoutLimits_None()
    {
        Assert.Null(GradientClip.Of(Run));
        Assert.Null(GradientClip.OfStart(Run));
    }

    // (6, 8) of norm 10: 7 is the largest element, which leaves (6, 7) of norm sqrt(85); then the norm.
    [Theory]
    [InlineData(null, null, 1.0)]
    [InlineData(5.0, null, 0.5)]
    [InlineData(20.0, null, 1.0)]
    [InlineData(null, 7.0, 0.92195444572928873)]
    [InlineData(5.0, 7.0, 0.5)]
    [InlineData(9.5, 7.0, 0.92195444572928873)]
    [InlineData(null, 9.0, 1.0)]
    public void Apply_ValueFirstThenNorm_WhatIsLeftOfTheNorm(double? norm, double? value, double factor)
    {
        var run = Run with { ClipNorm = norm ?? 1000, ClipValue = value ?? 1000 };
        var clip = GradientClip.Of(run)!;
        using var scope = NewDisposeScope();
        using var optimizer = Taken(6, 8);
        Assert.Equal(factor, clip.Apply(optimizer, optimizer.GradientNorm(), 0), 1e-14);
        Assert.Equal(10 * factor, optimizer.GradientNorm(), 1e-13);
        Assert.Equal(factor < 1 ? 1 : 0, clip.Share);
    }

    [Fact]
    public void Apply_ValueThenNorm_NotTheOtherWayRound()
    {
        var clip = GradientClip.Of(Run with { ClipNorm = 5, ClipValue = 4.5 })!;
        using var scope = NewDisposeScope();
        using var optimizer = Taken(3, 9);
        clip.Apply(optimizer, optimizer.GradientNorm(), 0);
        var leaf = optimizer.Groups[0].Parameters[0];
        optimizer.Step(new HyperParameters(1, 1, 0, 0));

        // (3, 4.5) shortened to 5; the norm first would leave (1.58, 4.5).
        var norm = Math.Sqrt(29.25);
        Numbers.Close([-3 * 5 / norm, -4.5 * 5 / norm], Numbers.Values(leaf), 1e-14, 0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Apply_NormThatIsNotFinite_NothingClipped(double broken)
    {
        var clip = GradientClip.Of(Run with { ClipNorm = 1, ClipValue = 1 })!;
        using var scope = NewDisposeScope();
        using var optimizer = Taken(broken, 9);
        Assert.Equal(1, clip.Apply(optimizer, optimizer.GradientNorm(), 0));
        var leaf = optimizer.Groups[0].Parameters[0];
        optimizer.Step(new HyperParameters(1, 1, 0, 0));
        Assert.Equal([-broken, -9], Numbers.Values(leaf));
        Assert.Equal(0, clip.Share);
    }

    [Fact]
    public void Apply_ScheduleOfTheNorm_ItsValueAtTheUpdate()
    {
        var run = Run with { ClipNorm = Schedule.Parse("linear(10 -> 0.001)") };
        var (clip, start) = (GradientClip.Of(run)!, GradientClip.OfStart(run)!);
        Assert.Null(clip.Share);
        double[] factors = [.. new long[] { 0, 50 }.Select(samples => Applied(clip, samples))];
        Numbers.Close([1, 0.50005], factors, 1e-12, 0);
        Assert.Equal((0.5, 1.0), (clip.Share, Applied(start, 50)));
    }

    private static double Applied(GradientClip clip, long samples)
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken(6, 8);
        return clip.Apply(optimizer, optimizer.GradientNorm(), samples);
    }

    private static Sgd Taken(double first, double second)
    {
        var leaf = Numbers.Of([0, 0], 2);
        leaf.requires_grad = true;
        var optimizer = new Sgd([new ParameterGroup([leaf])], nesterov: false);
        (leaf * Numbers.Of([first, second], 2)).sum().backward();
        optimizer.TakeGradients();
        return optimizer;
    }
}
