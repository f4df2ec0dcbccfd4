namespace Rubato.RangeTests;

/// <summary>How the rates of a range test lie between its first and its last.</summary>
public enum RangeSpacing
{
    /// <summary>Each is the same factor above the one before it: all decades alike.</summary>
    Exponential,

    /// <summary>Each is the same amount above the one before it, as in Smith 2015, section 3.3.</summary>
    Linear,
}
