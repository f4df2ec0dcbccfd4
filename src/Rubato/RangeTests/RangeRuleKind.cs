namespace Rubato.RangeTests;

/// <summary>What the rate is good for that a rule reads off a curve.</summary>
public enum RangeRuleKind
{
    /// <summary>The maximum of a cycle, which is held for a moment only.</summary>
    Maximum,

    /// <summary>A rate that is held, or from which a rate falls.</summary>
    Constant,
}
