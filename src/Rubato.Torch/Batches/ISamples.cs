namespace Rubato.Torch;

/// <summary>
/// Samples that are read by their numbers. Only so can a batch grow, a search draw an order of its own, and a run go on where it was
/// interrupted.
/// </summary>
/// <typeparam name="TBatch">What a batch is: <see cref="SupervisedBatch"/>, or a type of your own.</typeparam>
/// <remarks>
/// Read on the training thread. Tensors that <see cref="Read"/> makes belong to the dispose scope of the step and are freed with it; those
/// that it keeps for later must be detached from it.
/// </remarks>
public interface ISamples<out TBatch>
{
    /// <summary>How many samples there are; at least 1, and always the same.</summary>
    int Count { get; }

    /// <summary>Reads a batch.</summary>
    /// <param name="indices">Which samples, each from 0 to <see cref="Count"/> less 1; at least one. Not to be kept.</param>
    /// <param name="draw">Which reading it is, for random changes of the samples.</param>
    /// <returns>The batch; its tensors have one row for each of <paramref name="indices"/>, in their order.</returns>
    TBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw);
}
