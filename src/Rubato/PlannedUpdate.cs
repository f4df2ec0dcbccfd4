namespace Rubato;

/// <summary>An update as a plan has it.</summary>
/// <param name="Step">Its number; the first is 1.</param>
/// <param name="Start">Samples seen before it.</param>
/// <param name="HyperParameters">What it is made with; the batch size is its true size.</param>
/// <remarks>Immutable. <c>default</c> is no update.</remarks>
public readonly record struct PlannedUpdate(long Step, long Start, HyperParameters HyperParameters)
{
    /// <summary>Samples seen after it.</summary>
    public long End => Start + HyperParameters.BatchSize;
}
