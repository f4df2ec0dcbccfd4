namespace Samples.ToyExample;

/// <summary>
/// What is claimed of the last tenth of a run: the error of weight decay alone, and that of normalization alone, is below <see cref="Floor"/> after every update;
/// that of both together never is for <see cref="Memory"/> updates in a row.
/// </summary>
/// <remarks>
/// <para>
/// Neither number is chosen. With normalization the gradient stands at right angles to the weights, so that an update that turns them by an angle a makes
/// them <c>(1 - lr wd) / cos a</c> times as long. As long as the error is below an angle e by pi, no update turns them by more than 2 e; and with
/// <c>2 e = arccos(1 - lr wd)</c> every update then makes them shorter. Shorter weights are turned by more, <c>tan a = lr |G(w / |w|)| / ((1 - lr wd) |w|^2)</c>, until
/// the error is above e again. So both together cannot stay below it, however large the batches of new samples and however long the run.
/// </para>
/// <para>Weights forget how long they were within <c>1 / (lr wd)</c> updates. Li and Arora 2019, arXiv 1910.07454, section 3, has a bound of this kind.</para>
/// </remarks>
public sealed class Claim(ToySettings settings)
{
    private readonly double _decay = settings.LearningRate * settings.WeightDecay;

    /// <summary><c>arccos(1 - lr wd) / (2 pi)</c>: 0.0225 for lr wd = 0.01.</summary>
    public double Floor => Math.Acos(1 - _decay) / (2 * Math.PI);

    /// <summary><c>1 / (lr wd)</c> updates: 100; infinite without weight decay.</summary>
    public double Memory => 1 / _decay;

    public static bool Holds(Trial trial)
    {
        var claim = new Claim(trial.Settings);
        return claim.Converges(trial.Tail(Form.WeightDecay)) && claim.Converges(trial.Tail(Form.Normalization)) && claim.StaysAway(trial.Tail(Form.Both));
    }

    public bool Converges(ReadOnlySpan<double> tail) => LongestBelow(tail) == tail.Length;

    /// <summary>False also where there are too few updates to say so.</summary>
    public bool StaysAway(ReadOnlySpan<double> tail) => tail.Length >= Memory && LongestBelow(tail) < Memory;

    /// <summary>For how many updates in a row the error is below the floor, at most.</summary>
    public int LongestBelow(ReadOnlySpan<double> errors)
    {
        var (longest, current) = (0, 0);
        foreach (var error in errors)
        {
            current = error < Floor ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
