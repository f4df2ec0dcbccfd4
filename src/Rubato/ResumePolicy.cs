namespace Rubato;

/// <summary>What to do where a state was saved under another plan than the one it is restored into.</summary>
public enum ResumePolicy
{
    /// <summary>Refuse.</summary>
    Strict,

    /// <summary>Go on under the new plan from the saved position, in samples: a longer budget or another decay from here on.</summary>
    UseNew,
}
