using Rubato;
using Rubato.Rewrites;

namespace Samples.ToyExample;

/// <summary>
/// The three forms for one seed, from the same weights and on the same batches. Beside the form with both runs its plan in another writing:
/// without weight decay, and with a rate that grows.
/// </summary>
public sealed class Trial
{
    private readonly Dictionary<Form, double[]> _errors;

    private Trial(long seed, ToySettings settings)
    {
        (Seed, Settings) = (seed, settings);
        _errors = Form.All.ToDictionary(form => form, _ => new double[settings.Updates]);
    }

    public long Seed { get; }

    public ToySettings Settings { get; }

    /// <summary>
    /// By how much an update of the last tenth turns the weights of the form with both: the root of the mean square, in radians.
    /// </summary>
    public double Turn { get; private set; }

    /// <summary>The largest distance between the directions of that run and of the rewritten one, over all updates.</summary>
    public double LargestDifference { get; private set; }

    public static Trial Run(long seed, ToySettings settings)
    {
        var trial = new Trial(seed, settings);
        trial.Train();
        return trial;
    }

    /// <summary>The error after each update.</summary>
    public ReadOnlySpan<double> Errors(Form form) => _errors[form];

    /// <summary>The error after each update of the last tenth.</summary>
    public ReadOnlySpan<double> Tail(Form form) => Errors(form)[^Settings.TailUpdates..];

    private void Train()
    {
        var start = Start();
        var runs = Form.All.ToDictionary(form => form, form => new PlainRun(Settings.Plan(form.Decays), Layer(form), start));
        var both = runs[Form.Both];
        var growing = new GrowingRun(Settings.Plan(Form.Both.Decays).ToExponential(), Layer(Form.Both), start);
        var batch = new ToyBatch(Settings.BatchSize, Settings.Features);
        var before = new double[Settings.Features];
        var squares = 0.0;
        for (var update = 0; update < Settings.Updates; update++)
        {
            var samples = (long)update * batch.Size;
            batch.Draw(Seed, update);
            both.Weights.CopyTo(before);
            foreach (var (form, run) in runs)
            {
                run.Update(batch, samples);
                _errors[form][update] = LastLayer.Error(run.Weights);
            }

            growing.Update(batch, samples);
            LargestDifference = Math.Max(LargestDifference, Directions.Distance(both.Weights, growing.Weights));
            squares += update >= Settings.Updates - Settings.TailUpdates ? Math.Pow(Directions.Angle(before, both.Weights), 2) : 0;
        }

        Turn = Math.Sqrt(squares / Settings.TailUpdates);
    }

    private LastLayer Layer(Form form) => new(form.IsNormalized, Settings.BatchSize);

    // About as long as 1, in a direction that knows nothing of the labels.
    private double[] Start()
    {
        var random = new CounterRandom(Seed, stream: 1, step: 0);
        var weights = new double[Settings.Features];
        foreach (ref var weight in weights.AsSpan())
        {
            weight = random.NextNormal() / Math.Sqrt(weights.Length);
        }

        return weights;
    }
}
