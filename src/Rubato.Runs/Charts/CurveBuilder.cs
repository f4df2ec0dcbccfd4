namespace Rubato.Runs.Charts;

/// <summary>Collects one quantity while the updates of a plan go by.</summary>
internal sealed class CurveBuilder(PlanQuantity quantity, string? group, double columnSamples)
{
    private readonly CurveSampler _sampler = new(columnSamples);
    private PlanExtreme _lowest = new(double.NaN, null, 0);
    private PlanExtreme _highest = new(double.NaN, null, 0);
    private double _last;

    internal PlanQuantity Quantity => quantity;

    /// <summary>Adds an update.</summary>
    /// <param name="value">What it is made with.</param>
    /// <param name="start">Samples seen before it.</param>
    /// <param name="end">Samples seen after it; where the plan is sampled, before it.</param>
    /// <param name="step">Its number; null where the plan is sampled.</param>
    internal void Add(double value, long start, long end, long? step)
    {
        _sampler.Add(new CurvePoint(start, step - 1 ?? double.NaN, value));
        _last = value;

        // Negated, so that the first value takes the place of NaN.
        if (!(value >= _lowest.Value))
        {
            _lowest = new PlanExtreme(value, step, end);
        }

        if (!(value <= _highest.Value))
        {
            _highest = new PlanExtreme(value, step, end);
        }
    }

    internal PlanCurve Build(double samples, double updates)
    {
        _sampler.Add(new CurvePoint(samples, updates, _last));
        return new PlanCurve(quantity, group, _sampler.ToPoints(), columnSamples == 0, _lowest, _highest);
    }
}
