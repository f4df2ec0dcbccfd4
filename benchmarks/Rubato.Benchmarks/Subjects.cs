using Rubato.Schedules;

namespace Rubato.Benchmarks;

/// <summary>What is measured.</summary>
internal static class Subjects
{
    /// <summary><c>linear(1e-4 -> 0.1, ..) then cosine(0.1 -> 0, ..)</c>; a tenth of it warms up.</summary>
    public static Schedule WarmupThenCosine(double batches) =>
        new Linear(1e-4, 0.1, Duration.Batches(0.1 * batches)).Then(new Cosine(0.1, 0, Duration.Batches(0.9 * batches)));

    /// <summary>
    /// Six nodes deep: <c>clamp(1e-4 + 0.5 * (linear(0 -> 1, ..) then repeat(cosine(1 -> 0, ..), 9)), 0..1)</c>; the cosine is the
    /// sixth.
    /// </summary>
    public static Schedule DeepTree(double batches)
    {
        var tenth = Duration.Batches(0.1 * batches);
        var waves = new Repeat(new Cosine(1, 0, tenth), 9);
        return (1e-4 + (0.5 * new Linear(0, 1, tenth).Then(waves))).Clamp(0, 1);
    }

    /// <summary><c>exp-range(0.001..0.006, step 2000ba, gamma 0.99994)</c>, for ever.</summary>
    public static Schedule Cycles() => new ExpRange(0.001, 0.006, Duration.Batches(2000), 0.99994);

    /// <summary><c>sgdr(0.1 -> 0, first 10ba, mult 2)</c>, for ever.</summary>
    public static Schedule Restarts() => new WarmRestarts(0.1, 0, Duration.Batches(10), 2);
}
