using Rubato.Plans;

namespace Rubato;

/// <summary>
/// Drives the optimizer of a training loop of your own from a plan: writes each update's hyper-parameters through delegates and counts the
/// updates that were applied.
/// </summary>
/// <remarks>
/// <code>
/// var driver = new PlanDriver(plan);
/// driver.Attach(values => optimizer.LearningRate = values.LearningRate);
/// while (!driver.IsOver)
/// {
///     var values = driver.Prepare();
///     // a batch of values.BatchSize samples, its gradient, the optimizer's update
///     driver.Applied();
/// }
/// </code>
/// Nothing is written by building, attaching or restoring; only <see cref="Prepare"/> writes. An update that was skipped is not reported, and
/// the plan stands still. Not safe for use by several threads.
/// </remarks>
public sealed class PlanDriver
{
    private readonly List<(int Group, Action<HyperParameters> Write)> _targets = [];

    /// <summary>A driver at the start of a plan.</summary>
    /// <param name="plan">The plan.</param>
    public PlanDriver(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
    }

    /// <summary>The plan that is followed.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>What has been applied.</summary>
    public Progress Progress { get; private set; }

    /// <summary>Whether the plan's budget is used up.</summary>
    public bool IsOver => Plan.IsOver(Progress.Samples);

    /// <summary>What the next update is made with. Beyond the end it is what the plan holds there.</summary>
    public HyperParameters Next => Plan.At(Progress.Samples);

    /// <summary>All that must be saved to go on later.</summary>
    public DriverState State => new(DriverState.CurrentVersion, Progress.Updates, Progress.Samples, PlanFingerprint.Of(Plan.Settings));

    /// <summary>Adds a place to write the plan's values to.</summary>
    /// <param name="write">Is given each update's values by <see cref="Prepare"/>.</param>
    public void Attach(Action<HyperParameters> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        _targets.Add((-1, write));
    }

    /// <summary>Adds a place to write a parameter group's values to; at any time, as when layers are unfrozen.</summary>
    /// <param name="group">The group's name in <see cref="PlanSettings.Groups"/>.</param>
    /// <param name="write">Is given the values of each update by <see cref="Prepare"/>.</param>
    /// <exception cref="ArgumentException">The plan has no such group.</exception>
    public void Attach(string group, Action<HyperParameters> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        _targets.Add((IndexOf(Plan, group), write));
    }

    /// <summary>Writes the next update's values to every place that was attached.</summary>
    /// <returns>The plan's own values, the batch size among them.</returns>
    public HyperParameters Prepare()
    {
        var next = Next;
        foreach (var (group, write) in _targets)
        {
            write(group < 0 ? next : Plan.At(Progress.Samples, group));
        }

        return next;
    }

    /// <summary>Says that the update was applied, with as many samples as planned.</summary>
    public void Applied() => Applied(Next.BatchSize);

    /// <summary>Says that an update was applied.</summary>
    /// <param name="samples">The samples it really had, over all processes and micro-batches; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    public void Applied(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Progress = new Progress(Progress.Updates + 1, Progress.Samples + samples);
    }

    /// <summary>Goes to a saved position. The position is set, never added to; nothing is written before <see cref="Prepare"/>.</summary>
    /// <param name="state">What <see cref="State"/> was.</param>
    /// <param name="policy">What to do where the state was saved under another plan.</param>
    /// <exception cref="InvalidInputException">
    /// The state is of another version or damaged, or it was saved under another plan and the policy is <see cref="ResumePolicy.Strict"/>.
    /// </exception>
    public void Restore(DriverState state, ResumePolicy policy = ResumePolicy.Strict)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireUsable();
        var own = PlanFingerprint.Of(Plan.Settings);
        if (policy == ResumePolicy.Strict && state.Plan != own)
        {
            throw new InvalidInputException(
                $"the saved state belongs to another plan ({state.Plan}) than this one ({own}); restore it into its own plan, or choose "
                + "ResumePolicy.UseNew to go on under this one.");
        }

        Progress = new Progress(state.Updates, state.Samples);
    }

    private static int IndexOf(TrainingPlan plan, string group)
    {
        var groups = plan.Settings.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Name == group)
            {
                return i;
            }
        }

        var known = groups.IsEmpty ? "it has none" : $"it has {string.Join(", ", groups.Select(known => known.Name))}";
        throw new ArgumentException($"The plan has no parameter group '{group}'; {known}.", nameof(group));
    }
}
