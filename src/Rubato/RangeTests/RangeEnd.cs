namespace Rubato.RangeTests;

/// <summary>How a run of a range test came to its end.</summary>
public enum RangeEnd
{
    /// <summary>All rates were tried.</summary>
    Completed,

    /// <summary>The smoothed loss passed the threshold times its lowest value.</summary>
    Diverged,

    /// <summary>The loss was not finite.</summary>
    NonFinite,

    /// <summary>It was not carried on.</summary>
    Interrupted,
}
