namespace Rubato.Benchmarks.Stateful;

/// <summary>
/// The baseline: a scheduler in the manner of PyTorch and TorchSharp. It counts its own steps, computes the next rate from the rate that it
/// finds in the parameter group (the chainable, recursive form), and writes it back. The rates of a step are a sequence, one a group, as
/// TorchSharp's are, so that a step allocates.
/// </summary>
public abstract class StatefulScheduler(IReadOnlyList<IRateGroup> groups)
{
    private readonly double[] _last = [.. groups.Select(group => group.LearningRate)];

    public int Count { get; private set; } = -1;

    protected IEnumerable<IRateGroup> Groups => groups;

    protected IReadOnlyList<double> InitialRates { get; } = [.. groups.Select(group => group.InitialLearningRate)];

    public virtual void Step() => Apply(Count + 1, NextRates);

    /// <summary>Begins at 0 again: how a sequence starts a scheduler in the middle of a run.</summary>
    public virtual void Restart() => Apply(0, ClosedFormRates);

    /// <summary>Takes back the step that a constructor made, for schedulers that are to be stepped by a sequence.</summary>
    public void StepBack() => Count--;

    protected abstract IEnumerable<double> NextRates();

    protected virtual IEnumerable<double> ClosedFormRates() => NextRates();

    private void Apply(int count, Func<IEnumerable<double>> rates)
    {
        Count = count;
        var next = rates().ToList();
        var targets = Groups.ToList();
        for (var i = 0; i < targets.Count; i++)
        {
            targets[i].LearningRate = next[i];
            _last[i] = next[i];
        }
    }
}
