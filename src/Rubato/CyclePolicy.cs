namespace Rubato;

/// <summary>How a rate moves between the bounds of a range test.</summary>
public enum CyclePolicy
{
    /// <summary>
    /// Up and down with an amplitude that is halved with each cycle (Smith 2015, arXiv 1506.01186, section 3.1). Text: <c>triangular2</c>.
    /// </summary>
    Triangular2,

    /// <summary>Up and down between the bounds (the same section). Text: <c>triangular</c>.</summary>
    Triangular,

    /// <summary>Up and down between bounds that fall exponentially (the same section). Text: <c>exp-range</c>.</summary>
    ExpRange,

    /// <summary>
    /// One cycle over the whole run, which takes the maximum alone (Smith and Topin 2017, arXiv 1708.07120). Text: <c>one-cycle</c>.
    /// </summary>
    OneCycle,
}
