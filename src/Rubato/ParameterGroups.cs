using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato;

/// <summary>
/// Parameter groups with schedules of their own, as they are asked for: inside, <see cref="Schedule.Base"/> is the plan's own schedule of
/// the same quantity. Text: <c>*.bias(lr 2 * base, weight-decay 0); fc.*(momentum 0.8)</c>; empty for none.
/// </summary>
/// <remarks>Immutable; equality is by value and order. Safe for use by several threads.</remarks>
public sealed record ParameterGroups
{
    /// <summary>Groups.</summary>
    /// <param name="groups">In the order of <see cref="PlanSettings.Groups"/>.</param>
    public ParameterGroups(params ImmutableArray<GroupSettings> groups) => Groups = groups.IsDefault ? [] : groups;

    /// <summary>No group.</summary>
    public static ParameterGroups None { get; } = new([]);

    /// <summary>The groups.</summary>
    public ImmutableArray<GroupSettings> Groups { get; }

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Groups with semicolons between them; empty for none.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="InvalidInputException">The text has another form; all findings at once, each with the column (from 1).</exception>
    public static ParameterGroups Parse(string text, string subject = "groups")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        return GroupForm.Parse(text, subject);
    }

    /// <summary>The groups of a plan: its schedules stand in place of <see cref="Schedule.Base"/>.</summary>
    /// <param name="plan">The plan; its own groups are not looked at.</param>
    /// <returns>What <see cref="PlanSettings.Groups"/> may be set to.</returns>
    /// <exception cref="InvalidInputException">A schedule of the plan does not fit where it would stand; all findings at once.</exception>
    public ImmutableArray<GroupSettings> Over(PlanSettings plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var findings = new List<Finding>();
        var groups = ImmutableArray.CreateBuilder<GroupSettings>();
        foreach (var group in Groups)
        {
            try
            {
                groups.Add(group.Over(plan.LearningRate, plan.Momentum, plan.WeightDecay));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        return findings.Count == 0 ? groups.ToImmutable() : throw new InvalidInputException(findings);
    }

    /// <inheritdoc/>
    public bool Equals(ParameterGroups? other) => other is not null && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Groups.Length, Groups.FirstOrDefault());

    /// <summary>The canonical text.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to equal groups.</returns>
    public override string ToString() => GroupForm.Print(this);
}
