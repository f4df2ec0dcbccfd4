namespace Rubato.Control;

/// <summary>
/// What becomes of the learning rate where <see cref="AdaptiveBatch"/> makes the batch larger; B is the batch, B_0 the first one.
/// </summary>
public enum BatchRateRule
{
    /// <summary>The rate is not changed: the batch grows in place of a decay.</summary>
    Constant,

    /// <summary>The rate times <c>B / B_0</c>. For SGD, while the batch is far below the critical one.</summary>
    Linear,

    /// <summary>The rate times <c>sqrt(B / B_0)</c>. Usual for Adam's family.</summary>
    SquareRoot,
}
