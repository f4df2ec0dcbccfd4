using Rubato.Cli.Display;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class RunMeterTests
{
    private readonly RunMeter _meter = new(Harness.Description);

    [Fact]
    public void Loss_SteadyLoss_ThatLoss()
    {
        for (var step = 1; step <= 5; step++)
        {
            _meter.OnStep(Harness.Step(step, 2.5, step));
            Assert.Equal(2.5, _meter.Loss, 1e-12);
        }
    }

    [Fact]
    public void Loss_TwoLosses_WeightedMean()
    {
        _meter.OnStep(Harness.Step(1, 2, 1));
        _meter.OnStep(Harness.Step(2, 1, 2));

        // (0.98 * 0.02 * 2 + 0.02 * 1) / (0.98 * 0.02 + 0.02)
        Assert.Equal(0.0592 / 0.0396, _meter.Loss, 1e-12);
    }

    [Fact]
    public void Loss_NotFinite_ShownAndForgotten()
    {
        _meter.OnStep(Harness.Step(1, 2, 1));
        _meter.OnStep(Harness.Step(2, double.PositiveInfinity, 2));
        Assert.Equal(double.PositiveInfinity, _meter.Loss);
        _meter.OnStep(Harness.Step(3, 2, 3));
        Assert.Equal(2, _meter.Loss, 1e-12);
    }

    [Fact]
    public void SamplesPerSecond_SecondEpoch_WithoutEvaluation()
    {
        _meter.OnStep(Harness.Step(2, 1, 10));
        Assert.Equal(1000, _meter.SamplesPerSecond);
        Assert.Equal(10, _meter.SecondsLeft);
        _meter.OnEpoch(new EpochRecord(1, 2, 10_000, 1, 1, 0.5, 0.1, 15));
        _meter.OnStep(Harness.Step(3, 1, 20));
        Assert.Equal(1000, _meter.SamplesPerSecond);
        Assert.Equal(20.0 / 3, _meter.SecondsLeft, 1e-12);
        Assert.Equal((2, 10_000L, 0.5), (_meter.Epoch, _meter.EpochStart, _meter.Accuracy));
    }

    [Fact]
    public void EpochLength_EndInMidEpoch_WhatIsLeftOfTheRun()
    {
        var meter = new RunMeter(Harness.Description with { Epochs = 1.25, Samples = 12_500 });
        Assert.Equal((1, 0, 10_000), (meter.Epoch, meter.EpochStart, meter.EpochLength));
        meter.OnEpoch(new EpochRecord(1, 2, 10_050, 1, 1, 0.5, 0.1, 15));
        Assert.Equal((2, 10_000, 2_500), (meter.Epoch, meter.EpochStart, meter.EpochLength));
    }

    [Fact]
    public void SecondsLeft_LastUpdateBeyondTheBudget_None()
    {
        _meter.OnStep(Harness.Step(5, 1, 10));
        Assert.Equal(0, _meter.SecondsLeft);
    }

    [Fact]
    public void OnStep_ManyUpdates_AllocatesNothing()
    {
        _meter.OnStep(Harness.Step(1, 2, 1));
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var step = 2; step < 1000; step++)
            {
                _meter.OnStep(Harness.Step(step, 2, step));
            }
        }));
    }
}
