namespace Rubato;

/// <summary>What a <see cref="Duration"/> counts. There are no seconds: a clock on the wall never decides a schedule.</summary>
public enum TimeUnit
{
    /// <summary>Whatever the budget leaves over; written by leaving the duration out.</summary>
    Rest,

    /// <summary><c>ep</c>: passes over the training set.</summary>
    Epochs,

    /// <summary><c>ba</c>: global batches, that is, applied optimizer updates.</summary>
    Batches,

    /// <summary><c>sp</c>: training samples.</summary>
    Samples,

    /// <summary><c>dur</c>: shares of the budget; 1 is all of it.</summary>
    Share,
}
