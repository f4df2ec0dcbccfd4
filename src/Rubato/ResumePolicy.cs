namespace Rubato;

/// <summary>What to do where a state was saved under another plan than the one it is restored into.</summary>
public enum ResumePolicy
{
    /// <summary>Refuse, and say what differs.</summary>
    Strict,

    /// <summary>Go on under the plan that was saved, as if the new one had not been given.</summary>
    Keep,

    /// <summary>Go on under the new plan from the saved position in samples: a longer budget, or another decay from here on.</summary>
    UseNew,

    /// <summary>
    /// Go on under the new plan from the saved position in epochs: <c>round(samples * new / old)</c> of the numbers of samples in an epoch.
    /// If a data set grew, a decay at epoch 4 that has been passed stays passed.
    /// </summary>
    SameEpoch,
}
