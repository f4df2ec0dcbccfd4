namespace Rubato.Schedules.Combinators;

/// <summary>
/// One schedule after another: <c>First.At(t)</c> for <c>t &lt; First.Length</c>, <c>Next.At(t - First.Length)</c> from there on.
/// Each part sees time since its own start.
/// </summary>
/// <param name="First">What comes first.</param>
/// <param name="Next">What follows.</param>
public sealed record Then(Schedule First, Schedule Next) : Schedule
{
    /// <inheritdoc/>
    public override double Length => First.Length + Next.Length;

    private protected override double Evaluate(double position) =>
        position < First.Length ? EvaluateOf(First, position) : EvaluateOf(Next, position - First.Length);
}
