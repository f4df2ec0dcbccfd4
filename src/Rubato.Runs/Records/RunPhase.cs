namespace Rubato.Runs.Records;

/// <summary>A part of a run whose rate a controller decides.</summary>
public enum RunPhase
{
    /// <summary>The rate rises: until an automatic warm-up is told to end, or by schedule before a plateau is looked for.</summary>
    WarmUp,

    /// <summary>The rate falls from where an automatic warm-up ended.</summary>
    Cooldown,

    /// <summary>The rate is constant, and is reduced whenever the loss stops falling.</summary>
    Plateau,
}
