namespace Rubato.Control;

/// <summary>A training that can be tried out: what a <see cref="Rehearsal"/> needs of a training loop.</summary>
/// <remarks>
/// A saved state is all that an update changes: weights, buffers such as running statistics, the optimizer's state, the random state of
/// layers.
/// </remarks>
public interface IRehearsalSubject
{
    /// <summary>Makes one update.</summary>
    /// <param name="rate">The learning rate of the base parameter group; the ratios of other groups stand. Finite, above 0.</param>
    /// <param name="batch">The samples.</param>
    /// <returns>The mean loss over the batch before the update; not finite when nothing was applied.</returns>
    double Step(double rate, RehearsalBatch batch);

    /// <summary>The mean loss over a batch, computed as in training, with nothing changed.</summary>
    /// <param name="batch">The samples.</param>
    /// <returns>The loss; may be non-finite.</returns>
    double Loss(RehearsalBatch batch);

    /// <summary>
    /// What miniature runs are compared by, on samples that the batches of the same draw do not have where there are enough: else the rate
    /// is taken that learns them by heart the fastest. Nothing changes.
    /// </summary>
    /// <param name="batch">A reference batch.</param>
    /// <returns>Lower is better; the <see cref="Loss"/> unless there is something more telling. May be non-finite.</returns>
    double Score(RehearsalBatch batch) => Loss(batch);

    /// <summary>Saves the present state in a slot, over what the slot holds.</summary>
    /// <param name="slot">Which slot.</param>
    void Save(RehearsalSlot slot);

    /// <summary>Goes back to the state in a slot.</summary>
    /// <param name="slot">A slot that was saved to.</param>
    void Restore(RehearsalSlot slot);

    /// <summary>Takes over the weights and buffers in a slot; the optimizer's state stays what it is.</summary>
    /// <param name="slot">A slot that was saved to.</param>
    void TakeWeights(RehearsalSlot slot);
}

/// <summary>Where a state is saved.</summary>
public enum RehearsalSlot
{
    /// <summary>The state before the rehearsal.</summary>
    Start,

    /// <summary>The end of the best run so far.</summary>
    Best,
}
