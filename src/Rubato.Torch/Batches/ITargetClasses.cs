namespace Rubato.Torch;

/// <summary>Samples whose class numbers are known without reading the samples.</summary>
internal interface ITargetClasses
{
    /// <summary>The class numbers.</summary>
    /// <returns>One a sample; null if the targets are no class numbers, one a sample.</returns>
    long[]? Classes();
}
