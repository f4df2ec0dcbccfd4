namespace Rubato.Torch;

/// <summary>Which reading of samples it is: what a random change of them is drawn by, so that a run can be repeated.</summary>
/// <param name="Seed">The run's seed, or that of a search before it.</param>
/// <param name="Position">
/// Samples of the run before the first one that is read; no two batches of a run share a position. -1 for an evaluation, where nothing is
/// changed at random.
/// </param>
/// <remarks>Immutable. A random change takes its numbers from <see cref="Random"/>, never from a generator that others share.</remarks>
public readonly record struct SampleDraw(long Seed, long Position)
{
    private const long Stream = 0x73616D706C6573; // "samples"

    /// <summary>An evaluation: nothing is changed at random.</summary>
    public static SampleDraw Evaluation { get; } = new(0, -1);

    /// <summary>Whether the samples are trained on, so that they may be changed at random.</summary>
    public bool IsTraining => Position >= 0;

    /// <summary>Random numbers of this reading: the same whenever it is repeated.</summary>
    /// <returns>A generator at its start.</returns>
    public CounterRandom Random() => new(Seed, Stream, Position);
}
