using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>What a raised momentum costs at the start of a run; see <see cref="RaiseMomentum"/>.</summary>
/// <param name="Before">The lag of the plan.</param>
/// <param name="After">The lag of the rewritten plan.</param>
/// <remarks>Immutable.</remarks>
public sealed record MomentumWarning(MomentumLag Before, MomentumLag After)
{
    /// <summary>How many more epochs the run needs to get as far under a gradient that does not change.</summary>
    public double ExtraEpochs => After.LostEpochs - Before.LostEpochs;

    /// <summary>The warning as one sentence.</summary>
    /// <returns>
    /// Such as <c>the momentum buffer fills in 3.2 epochs instead of 0.128, which loses 3.02 epochs more at the start; plan for them.</c>
    /// </returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"the momentum buffer fills in {NumberText.Of(After.TimeConstant, 3)} epochs instead of {NumberText.Of(Before.TimeConstant, 3)}, "
        + $"which loses {NumberText.Of(ExtraEpochs, 3)} epochs more at the start; plan for them.");
}
