namespace Rubato.Benchmarks.Stateful;

/// <summary>Schedulers one after another: each step finds the one whose turn it is, and steps it.</summary>
public sealed class StatefulSequence : StatefulScheduler
{
    private readonly StatefulScheduler[] _schedulers;
    private readonly int[] _milestones;

    public StatefulSequence(IReadOnlyList<IRateGroup> groups, StatefulScheduler[] schedulers, int[] milestones)
        : base(groups)
    {
        (_schedulers, _milestones) = (schedulers, milestones);
        foreach (var group in groups)
        {
            group.LearningRate = group.InitialLearningRate;
        }

        foreach (var scheduler in schedulers)
        {
            scheduler.StepBack();
        }

        Step();
    }

    /// <summary>Warm-up from zero, nearly, then a cosine down to zero, over one parameter group: what Rubato writes as linear then cosine.</summary>
    public static StatefulSequence WarmupThenCosine(IRateGroup group, int warmup, int length)
    {
        IRateGroup[] groups = [group];
        return new StatefulSequence(
            groups,
            [new StatefulLinear(groups, 1e-3, 1, warmup), new StatefulCosine(groups, length - warmup, 0)],
            [warmup]);
    }

    protected override IEnumerable<double> NextRates()
    {
        var turn = _milestones.Length;
        while (turn > 0 && _milestones[turn - 1] > Count)
        {
            turn--;
        }

        if (turn > 0 && _milestones[turn - 1] == Count)
        {
            _schedulers[turn].Restart();
        }
        else
        {
            _schedulers[turn].Step();
        }

        return Groups.Select(group => group.LearningRate);
    }
}
