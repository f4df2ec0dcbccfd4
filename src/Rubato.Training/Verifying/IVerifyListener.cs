namespace Rubato.Training.Verifying;

/// <summary>Told of a verification while it goes on, on the thread that trains.</summary>
public interface IVerifyListener
{
    /// <summary>It was set up and is about to begin.</summary>
    /// <param name="description">What will be run.</param>
    void OnStart(VerifyDescription description);

    /// <summary>An update was made in every run, and outputs were compared.</summary>
    /// <param name="point">How far they are apart.</param>
    void OnPoint(in VerifiedPoint point);

    /// <summary>The test set was classified.</summary>
    /// <param name="accuracy">How well.</param>
    void OnAccuracy(VerifiedAccuracy accuracy);
}
