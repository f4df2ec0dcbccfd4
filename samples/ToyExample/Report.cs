using Rubato.Rewrites;

namespace Samples.ToyExample;

/// <summary>What the runs came to, as text.</summary>
public static class Report
{
    public static void Write(TextWriter output, IReadOnlyList<Trial> trials)
    {
        var settings = trials[0].Settings;
        var claim = new Claim(settings);
        output.WriteLine(
            $"{settings.Features} features, batches of {settings.BatchSize}, rate {settings.LearningRate}, "
            + $"weight decay {settings.WeightDecay}, {settings.Updates} updates");
        output.WriteLine("training error over the last tenth of the updates: mean, and largest");
        var names = string.Concat(Form.All.Select(form => $"{form.Name,-18}"));
        output.WriteLine($"seed  {names}updates in a row below {claim.Floor:F4} with both");
        foreach (var trial in trials)
        {
            var errors = string.Concat(Form.All.Select(form => Cell(trial.Tail(form))));
            output.WriteLine($"{trial.Seed,4}  {errors}{claim.LongestBelow(trial.Tail(Form.Both))}");
        }

        output.WriteLine(
            $"turn of an update with both: {trials.Average(trial => trial.Turn):F4} rad; "
            + $"sqrt(2 rate decay) = {Math.Sqrt(2 * settings.LearningRate * settings.WeightDecay):F4}");
        output.WriteLine(
            $"both, written as a growing rate: 10^{LastLogRate(settings) / Math.Log(10):F1} in the last update; "
            + $"directions differ by at most {trials.Max(trial => trial.LargestDifference):0.0e+0}");
        output.WriteLine(
            $"each alone stays below {claim.Floor:F4}, both together never do for {claim.Memory:F0} updates: "
            + $"in {trials.Count(Claim.Holds)} of {trials.Count} seeds");
    }

    private static string Cell(ReadOnlySpan<double> tail) => $"{Mean(tail):F4}  {Largest(tail):F4}    ";

    private static double LastLogRate(ToySettings settings) => settings.Plan(decays: true).ToExponential().Update(settings.Updates).LogRate;

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
