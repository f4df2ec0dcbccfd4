using Rubato.Numerics;
using Rubato.RangeTests;
using Rubato.Torch.Tasks;

namespace Rubato.Cli.Settings;

/// <summary>Makes the choices of a range test that are left open.</summary>
internal static class SweepBuilder
{
    // Neighbouring rates must differ in their bits.
    private const double LeastGrowth = 1e-12;

    /// <summary>Makes the choices that are left open.</summary>
    /// <param name="settings">What is asked for; without findings of <see cref="FindSettingsValidator"/>.</param>
    /// <param name="built">The training, of which momentum, weight decay and batch size are those of its start.</param>
    /// <exception cref="InvalidInputException">It cannot be made with these data; all findings at once.</exception>
    internal static Sweep Build(FindSettings settings, TaskBuilder built)
    {
        var findings = new List<Finding>();
        var task = built.Task;
        var batch = task.Plan.At(0).BatchSize;
        var samples = task.Subject.TrainCount;
        var iterations = IterationsOf(settings, (double)samples / batch, batch, findings);
        var (start, end) = RatesOf(settings, built.UsualRate, iterations, findings);
        var heldOut = HeldOutOf(settings, built, findings);
        if (samples - heldOut < batch)
        {
            var ofWhich = heldOut == 0 ? "" : $", of which the range test holds out {heldOut} to measure the accuracy";
            findings.Add(new Finding(
                "batch",
                batch,
                $"but the training set of {built.Settings.Data} has {samples} samples{ofWhich}",
                $"write at most --batch {samples - heldOut}"));
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        var test = new RangeTest(start, end, iterations) { Spacing = settings.Spacing, DivergeThreshold = settings.DivergeThreshold };
        return new Sweep(test, heldOut, heldOut == 0 ? 0 : settings.AccuracyEvery ?? UsualSweep.AccuracyEvery(iterations));
    }

    private static long IterationsOf(FindSettings settings, double updatesPerEpoch, long batch, List<Finding> findings)
    {
        if (settings.Iterations is { } iterations)
        {
            return iterations;
        }

        if (settings.Epochs is not { } epochs)
        {
            return UsualSweep.Updates(updatesPerEpoch);
        }

        var updates = Math.Round(epochs * updatesPerEpoch);
        if (updates is >= RangeTest.FewestUpdates and <= int.MaxValue)
        {
            return (long)updates;
        }

        findings.Add(new Finding(
            "epochs",
            epochs,
            $"which is {updates} updates of {batch} samples, "
                + $"and a range test has at least {RangeTest.FewestUpdates} and at most {int.MaxValue}",
            "write --iterations 400"));
        return UsualSweep.Updates(updatesPerEpoch);
    }

    private static (double Start, double End) RatesOf(FindSettings settings, double usual, long iterations, List<Finding> findings)
    {
        var (start, end) = (settings.StartLr ?? UsualSweep.StartShare * usual, settings.EndLr ?? UsualSweep.EndShare * usual);
        if (start >= end)
        {
            // Where both are given, their order was checked before.
            findings.Add(settings.StartLr is null
                ? new Finding(
                    "end-lr",
                    end,
                    $"but the test begins at {ExactNumber.Text(start)} where --start-lr is not given",
                    $"write a --start-lr below {ExactNumber.Text(end)}")
                : new Finding(
                    "start-lr",
                    start,
                    $"but the test ends at {ExactNumber.Text(end)} where --end-lr is not given",
                    $"write an --end-lr above {ExactNumber.Text(start)}"));
        }
        else if ((settings.Spacing == RangeSpacing.Exponential ? Math.Log(end) - Math.Log(start) : (end - start) / end)
            < LeastGrowth * iterations)
        {
            findings.Add(new Finding(
                "end-lr",
                end,
                $"but {iterations} rates cannot be told apart between it and {ExactNumber.Text(start)}, the first one",
                $"write a higher --end-lr, for instance --end-lr {ExactNumber.Text(10 * start)}"));
        }

        return (start, end);
    }

    private static int HeldOutOf(FindSettings settings, TaskBuilder built, List<Finding> findings)
    {
        var samples = built.Task.Subject.TrainCount;
        if (settings.AccuracyEvery == 0 || samples < 2)
        {
            return 0;
        }

        if (settings.AccuracySamples is not { } asked)
        {
            return UsualSweep.HeldOut(samples);
        }

        if (asked <= samples / 2)
        {
            return asked;
        }

        findings.Add(new Finding(
            "accuracy-samples",
            asked,
            $"but the training set of {built.Settings.Data} has {samples} samples, of which at most half can be held out",
            $"write at most --accuracy-samples {samples / 2}"));
        return samples / 2;
    }
}
