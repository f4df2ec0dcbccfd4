namespace Rubato.Runs.Records;

/// <summary>
/// What a run, a range test or a verification tells whoever listens, beside its updates. Each thing that happens is a record of its own,
/// derived from this one.
/// </summary>
/// <remarks>Immutable.</remarks>
public abstract record TrainingEvent;
