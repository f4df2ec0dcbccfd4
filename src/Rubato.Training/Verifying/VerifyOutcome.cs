using System.Collections.Immutable;

namespace Rubato.Training.Verifying;

/// <summary>What a verification came to.</summary>
/// <param name="Description">What was run.</param>
/// <param name="Points">Where outputs were compared, in order.</param>
/// <param name="Accuracies">At the ends of epochs and of the run, in order.</param>
/// <param name="LargestLossDifference">Of any update, compared or not; not finite where one loss was not.</param>
/// <param name="End">How it ended.</param>
/// <remarks>
/// <para>
/// The claim is judged as far as rounding lets it be: a training can drive two runs apart that differ by the last digit of one number, up
/// to all of what the network says. From the first point on at which a run that is merely rounded differently is further away than a tenth
/// of the tolerance, a difference says nothing about the rewrite. In 32 bits that is soon: when one activation falls on the other side of
/// 0, the outputs jump.
/// </para>
/// <para>Immutable.</para>
/// </remarks>
public sealed record VerifyOutcome(
    VerifyDescription Description,
    ImmutableArray<VerifiedPoint> Points,
    ImmutableArray<VerifiedAccuracy> Accuracies,
    double LargestLossDifference,
    VerifyEnd End)
{
    /// <summary>How much of the tolerance rounding alone may use up; beyond it nothing is judged.</summary>
    public const double RoundingShare = 0.1;

    /// <summary>How many points, from the first on, can be judged.</summary>
    public int Judged
    {
        get
        {
            var chaotic = Points.ToList().FindIndex(point => !(point.Rounding <= RoundingShare * Description.Tolerance));
            return chaotic < 0 ? Points.Length : chaotic;
        }
    }

    /// <summary>Whether the claim holds at every point that can be judged; null where none can be.</summary>
    public bool? Holds => Judged == 0 ? null : FirstDifference is null;

    /// <summary>The first point that can be judged and at which the claim does not hold; null where there is none.</summary>
    public VerifiedPoint? FirstDifference =>
        Points.Take(Judged).FirstOrDefault(point => !(point.FunctionDifference <= Description.Tolerance));

    /// <summary>
    /// The largest difference of any output where it can be judged; NaN where nothing can be, or an output was not a number.
    /// </summary>
    public double LargestFunctionDifference => Largest(Points.Take(Judged).Select(point => point.FunctionDifference));

    /// <summary>What rounding alone did to any output where it can be judged, at most; NaN where nothing can be.</summary>
    public double LargestRounding => Largest(Points.Take(Judged).Select(point => point.Rounding));

    /// <summary>The largest difference of direction where it can be judged; NaN where nothing can be.</summary>
    public double LargestDirectionDifference => Largest(Points.Take(Judged).Select(point => point.DirectionDifference));

    /// <summary>
    /// The largest difference of accuracy between the claimed and the rewritten run, 0..1, over the whole time; NaN where it was not
    /// measured.
    /// </summary>
    public double LargestAccuracyDifference => Largest(Accuracies.Select(accuracy => Math.Abs(accuracy.Claimed - accuracy.Rewritten)));

    /// <summary>The same between the claimed run and the one that is rounded differently.</summary>
    public double LargestRoundedAccuracyDifference => Largest(Accuracies.Select(accuracy => Math.Abs(accuracy.Claimed - accuracy.Rounded)));

    // Max keeps what is not a number, and that of a sequence does not.
    private static double Largest(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Aggregate(Math.Max);
}
