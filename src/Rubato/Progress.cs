namespace Rubato;

/// <summary>How far a run has come: what has been applied before the next update.</summary>
/// <param name="Updates">Applied optimizer updates; a skipped update does not count.</param>
/// <param name="Samples">Training samples seen by the applied updates; a plan's own clock.</param>
/// <remarks>Immutable. <c>default</c> is the start of a run.</remarks>
public readonly record struct Progress(long Updates, long Samples);
