using System.Globalization;
using Rubato.Language;
using Rubato.RangeTests;
using Rubato.Training.Setup;

namespace Rubato.Training.Finding;

/// <summary>A range test of a run with every choice made.</summary>
/// <param name="Test">The sweep.</param>
/// <param name="HeldOut">Training samples that are held out for the accuracy; 0 where it is not measured.</param>
/// <param name="AccuracyEvery">After how many updates the accuracy is measured again; 0 for never.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ResolvedSweep(RangeTest Test, int HeldOut, long AccuracyEvery)
{
    private const double StartShare = 1e-4;
    private const double EndShare = 1e3;
    private const long FewestUsual = 100;
    private const long MostUsual = 400;
    private const int AccuracyPlaces = 25;
    private const int MostHeldOut = 1000;
    private const double HeldOutShare = 0.1;

    // Neighbouring rates must differ in their bits.
    private const double LeastGrowth = 1e-12;

    /// <summary>Makes the choices that are left open.</summary>
    /// <param name="settings">What is asked for; without findings of <see cref="FindSettingsValidator"/>.</param>
    /// <param name="run">The training, of which momentum, weight decay and batch size are those of its start.</param>
    /// <exception cref="InvalidInputException">It cannot be made with these data; all findings at once.</exception>
    internal static ResolvedSweep From(FindSettings settings, ResolvedRun run)
    {
        var findings = new List<string>();
        var batch = run.Plan.At(0).BatchSize;
        var samples = run.Data.Train.Count;
        var iterations = IterationsOf(settings, (double)samples / batch, batch, findings);
        var (start, end) = RatesOf(settings, run, iterations, findings);
        var heldOut = HeldOutOf(settings, run, findings);
        if (samples - heldOut < batch)
        {
            findings.Add(heldOut == 0
                ? $"--batch is {batch}, but the training set of {run.Settings.Data} has {samples} samples; write at most --batch {samples}."
                : $"--batch is {batch}, but the training set of {run.Settings.Data} has {samples} samples, of which the range test holds out {heldOut} "
                    + $"to measure the accuracy; write at most --batch {samples - heldOut}.");
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        var test = new RangeTest(start, end, iterations) { Spacing = settings.Spacing, DivergeThreshold = settings.DivergeThreshold };
        return new ResolvedSweep(test, heldOut, heldOut == 0 ? 0 : settings.AccuracyEvery ?? Math.Max(1, iterations / AccuracyPlaces));
    }

    /// <summary>The plan of the sweep: its rates over batches of the run's first size, with the run's first momentum and weight decay;
    /// of one-cycle's own momentum the middle, so that the test is the one of <c>rubato find</c>.</summary>
    /// <remarks>A group's schedule of the rate goes over the sweep as it is written, with the swept rate for <c>base</c>.</remarks>
    internal TrainingPlan PlanOf(ResolvedRun run)
    {
        var start = run.Plan.At(0);
        var settings = PlanText.Parse(PlanTextsOf.Of(
            run.Settings with
            {
                LearningRate = $"({Test.Schedule})",
                Warmup = null,
                Batch = start.BatchSize.ToString(CultureInfo.InvariantCulture),
                Momentum = Text(Momentum(run, start)),
                WeightDecay = Text(start.WeightDecay),
                Epochs = null,
                Length = $"{Test.Updates}ba",
                Tail = "carry",
            },
            run.Data.Train.Count));
        return new TrainingPlan(settings with { Groups = [.. settings.Groups.Select(Fixed)] });

        GroupSettings Fixed(GroupSettings group)
        {
            var first = run.Plan.At(0, group.Name);
            return group with { Momentum = first.Momentum, WeightDecay = first.WeightDecay };
        }
    }

    // A momentum that nobody asked for is at its start, where the rate is lowest, farthest from what the rate's maximum will meet.
    private static double Momentum(ResolvedRun run, in HyperParameters start) =>
        run.Settings.Momentum == PlanTextsOf.OneCycleMomentum ? PlanTextsOf.OneCycleMomentumMiddle : start.Momentum;

    private static long IterationsOf(FindSettings settings, double updatesPerEpoch, long batch, List<string> findings)
    {
        if (settings.Iterations is { } iterations)
        {
            return iterations;
        }

        if (settings.Epochs is not { } epochs)
        {
            return Math.Clamp((long)Math.Round(updatesPerEpoch), FewestUsual, MostUsual);
        }

        var updates = Math.Round(epochs * updatesPerEpoch);
        if (updates is >= RangeTest.FewestUpdates and <= int.MaxValue)
        {
            return (long)updates;
        }

        findings.Add(FormattableString.Invariant(
            $"--epochs is {epochs}, which is {updates} updates of {batch} samples; a range test has at least {RangeTest.FewestUpdates} and at most {int.MaxValue}: write --iterations 400."));
        return FewestUsual;
    }

    private static (double Start, double End) RatesOf(FindSettings settings, ResolvedRun run, long iterations, List<string> findings)
    {
        var usual = run.UsualRate;
        var (start, end) = (settings.StartLr ?? StartShare * usual, settings.EndLr ?? EndShare * usual);
        if (start >= end)
        {
            // Where both are given, their order was checked before.
            findings.Add(settings.StartLr is null
                ? FormattableString.Invariant($"--end-lr is {end}, but the test begins at {start} where --start-lr is not given; write a --start-lr below {end}.")
                : FormattableString.Invariant($"--start-lr is {start}, but the test ends at {end} where --end-lr is not given; write an --end-lr above {start}."));
        }
        else if ((settings.Spacing == RangeSpacing.Exponential ? Math.Log(end) - Math.Log(start) : (end - start) / end) < LeastGrowth * iterations)
        {
            findings.Add(FormattableString.Invariant(
                $"--end-lr is {end}, but {iterations} rates cannot be told apart between it and {start}, the first one; write a higher --end-lr, for instance --end-lr {10 * start}."));
        }

        return (start, end);
    }

    private static int HeldOutOf(FindSettings settings, ResolvedRun run, List<string> findings)
    {
        var samples = run.Data.Train.Count;
        if (settings.AccuracyEvery == 0 || samples < 2)
        {
            return 0;
        }

        if (settings.AccuracySamples is not { } asked)
        {
            return Math.Clamp((int)(HeldOutShare * samples), 1, MostHeldOut);
        }

        if (asked <= samples / 2)
        {
            return asked;
        }

        findings.Add(
            $"--accuracy-samples is {asked}, but the training set of {run.Settings.Data} has {samples} samples, of which at most half can be held out; "
            + $"write at most --accuracy-samples {samples / 2}.");
        return samples / 2;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
