using System.Collections.Immutable;

namespace Rubato.Torch;

/// <summary>The result of a verification.</summary>
/// <param name="Description">The settings of the verification.</param>
/// <param name="Points">The comparisons, in order.</param>
/// <param name="Accuracies">The accuracies at the ends of epochs and of the run, in order.</param>
/// <param name="LargestLossDifference">The largest difference of losses at any update; not finite if one loss was not.</param>
/// <param name="End">How it ended.</param>
/// <remarks>
/// <para>
/// The claim is judged only as long as rounding allows it. Training can drive two runs far apart that differ in the last digit of one
/// number. At some point a run that is only rounded differently is further away than a tenth of the tolerance. From there on a difference
/// says nothing about the rewrite. In 32 bits that point comes soon: if one activation falls on the other side of 0, the outputs jump.
/// </para>
/// <para>Immutable.</para>
/// </remarks>
public sealed record VerificationOutcome(
    VerificationDescription Description,
    ImmutableArray<VerifiedPoint> Points,
    ImmutableArray<VerifiedAccuracy> Accuracies,
    double LargestLossDifference,
    VerificationEnd End)
{
    /// <summary>The share of the tolerance that rounding alone may use up; beyond it nothing is judged. Chosen, not fitted.</summary>
    public const double RoundingShare = 0.1;

    /// <summary>The number of points, from the first on, that can be judged.</summary>
    public int Judged
    {
        get
        {
            var chaotic = Points.ToList().FindIndex(point => !(point.Rounding <= RoundingShare * Description.Tolerance));
            return chaotic < 0 ? Points.Length : chaotic;
        }
    }

    /// <summary>Whether the claim holds at every point that can be judged; null if none can be.</summary>
    public bool? Holds => Judged == 0 ? null : FirstDifference is null;

    /// <summary>The first point that can be judged and at which the claim does not hold; null if there is none.</summary>
    public VerifiedPoint? FirstDifference =>
        Points.Take(Judged).FirstOrDefault(point => !(point.FunctionDifference <= Description.Tolerance));

    /// <summary>
    /// The largest difference of any output at points that can be judged; NaN if there is none, or an output was not a number.
    /// </summary>
    public double LargestFunctionDifference => Largest(Points.Take(Judged).Select(point => point.FunctionDifference));

    /// <summary>The largest effect of rounding alone on any output at points that can be judged; NaN if there is none.</summary>
    public double LargestRounding => Largest(Points.Take(Judged).Select(point => point.Rounding));

    /// <summary>The largest difference of direction at points that can be judged; NaN if there is none.</summary>
    public double LargestDirectionDifference => Largest(Points.Take(Judged).Select(point => point.DirectionDifference));

    /// <summary>
    /// The largest difference of accuracy between the claimed and the rewritten run, 0..1, over the whole time; NaN if it was not
    /// measured.
    /// </summary>
    public double LargestAccuracyDifference => Largest(Accuracies.Select(accuracy => Math.Abs(accuracy.Claimed - accuracy.Rewritten)));

    /// <summary>The same between the claimed run and the one that is rounded differently.</summary>
    public double LargestRoundedAccuracyDifference => Largest(Accuracies.Select(accuracy => Math.Abs(accuracy.Claimed - accuracy.Rounded)));

    // Math.Max keeps NaN; Enumerable.Max does not.
    private static double Largest(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Aggregate(Math.Max);
}
