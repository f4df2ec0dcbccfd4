namespace Rubato.Torch;

/// <summary>How a verification ended.</summary>
public enum VerificationEnd
{
    /// <summary>All updates were made.</summary>
    Completed,

    /// <summary>The loss of the run whose function is claimed was not finite, and no guard went back.</summary>
    NonFinite,

    /// <summary>It was interrupted.</summary>
    Interrupted,
}
