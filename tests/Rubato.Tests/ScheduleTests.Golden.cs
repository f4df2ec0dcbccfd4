using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    private const double LargestDifference = 1e-9;

    [Theory]
    [InlineData("step")]
    [InlineData("multi-step")]
    [InlineData("constant")]
    [InlineData("linear")]
    [InlineData("exponential")]
    [InlineData("polynomial")]
    [InlineData("cosine")]
    [InlineData("warm-restarts")]
    [InlineData("cyclic-triangular")]
    [InlineData("cyclic-triangular2")]
    [InlineData("cyclic-exp-range")]
    [InlineData("one-cycle-2-cosine")]
    [InlineData("one-cycle-2-linear")]
    [InlineData("one-cycle-3-cosine")]
    [InlineData("one-cycle-3-linear")]
    [InlineData("sequential")]
    public void At_SettingsOfPyTorch_ItsValueAtEveryStep(string shape)
    {
        var (settings, largest) = (0, 0.0);
        foreach (var setting in GoldenSchedules.Settings(shape))
        {
            settings++;
            var rate = Difference(GoldenSchedules.Rate(shape, setting), GoldenSchedules.Values(setting, "lr"));
            var momentum = GoldenSchedules.Momentum(shape, setting) is { } schedule
                ? Difference(schedule, GoldenSchedules.Values(setting, "momentum"))
                : 0;
            largest = Math.Max(largest, Math.Max(rate, momentum));
            Assert.True(largest < LargestDifference, $"{shape}, line {settings}: {largest:G3}");
        }

        Assert.Equal(50, settings);
        TestContext.Current.TestOutputHelper?.WriteLine($"{shape}: largest relative difference {largest:G3}");
    }

    private static double Difference(Schedule schedule, double[] values)
    {
        Assert.InRange(values.Length, 40, 150);
        return values.Index().Max(step => Relative(schedule.At(step.Index), step.Item));
    }

    private static double Relative(double a, double b) => a == b ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b));
}
