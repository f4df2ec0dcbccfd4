using Rubato.Language;
using Rubato.Schedules;

namespace Rubato;

/// <summary>A named parameter group's own schedules; what is null is the plan's.</summary>
/// <param name="Name">The group's name; not empty.</param>
/// <param name="LearningRate">The group's learning rate, instead of the plan's.</param>
/// <param name="Momentum">The group's momentum, instead of the plan's.</param>
/// <param name="WeightDecay">The group's weight decay, instead of the plan's.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GroupSettings(string Name, Schedule? LearningRate = null, Schedule? Momentum = null, Schedule? WeightDecay = null)
{
    /// <summary>The same group with the plan's schedules in place of <see cref="Schedule.Base"/>.</summary>
    /// <param name="learningRate">The plan's learning rate.</param>
    /// <param name="momentum">The plan's momentum.</param>
    /// <param name="weightDecay">The plan's weight decay.</param>
    /// <returns>A group without <see cref="Schedule.Base"/>, unless the plan's schedules hold it.</returns>
    /// <exception cref="InvalidInputException">A schedule of the plan does not fit where it would stand; all findings at once.</exception>
    public GroupSettings Over(Schedule learningRate, Schedule momentum, Schedule weightDecay)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        ArgumentNullException.ThrowIfNull(momentum);
        ArgumentNullException.ThrowIfNull(weightDecay);
        var findings = new List<Finding>();
        var group = new GroupSettings(
            Name,
            Replaced(nameof(LearningRate), LearningRate, learningRate, findings),
            Replaced(nameof(Momentum), Momentum, momentum, findings),
            Replaced(nameof(WeightDecay), WeightDecay, weightDecay, findings));
        return findings.Count == 0 ? group : throw new InvalidInputException(findings);
    }

    private Schedule? Replaced(string setting, Schedule? own, Schedule plans, List<Finding> findings)
    {
        try
        {
            return own is null ? null : BaseSchedule.Replace(own, plans);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings.Select(About));
        }
        catch (ArgumentException exception)
        {
            findings.Add(About(ArgumentSentence.Of(exception, name => name)));
        }

        return null;

        Finding About(Finding finding) => new(setting, own, finding.ToString()) { Place = $"group '{Name}', over '{plans}'" };
    }
}
