namespace Rubato.Torch;

/// <summary>Samples that lie in memory, so that their targets can be looked through before a run.</summary>
internal interface ITargetExtremes
{
    /// <summary>Where the smallest and the largest class number lie.</summary>
    /// <param name="rows">Which samples are looked at; null for all.</param>
    /// <returns>Two places among <paramref name="rows"/>, or none if the targets are no whole numbers, one a sample.</returns>
    int[] Extremes(int[]? rows);
}
