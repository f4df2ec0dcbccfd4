using Rubato.Language;

namespace Rubato.Rewrites;

/// <summary>
/// Says that a plan is run with growing rates in place of its weight decay, and in which form: <c>exponential</c>, <c>texp</c>,
/// <c>texp--</c>. It is the last of a <see cref="RewriteSequence"/>.
/// </summary>
/// <remarks>
/// A <see cref="PlanRewrite"/> makes another plan; this one says how a plan is run, since rates beyond e^700 are no plan that could be
/// written. Immutable; equality is by value.
/// </remarks>
public sealed record ExponentialRewrite
{
    /// <summary>A form.</summary>
    /// <param name="form">The form.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public ExponentialRewrite(ExponentialForm form = ExponentialForm.AnySchedule) => Form = form;

    /// <summary>The form.</summary>
    /// <exception cref="ArgumentException">It has no corrections, and is set where they are left out.</exception>
    public ExponentialForm Form
    {
        get;
        init
        {
            RequireCorrections(value, IsCorrected);
            field = Enum.IsDefined(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "Form must be AnySchedule, Steps or StepsWithoutDrops.");
        }
    }

    /// <summary>
    /// Whether a run makes the <see cref="ExponentialPlan.Corrections"/> of its buffer. Without them it trains another function, which
    /// shows what they are for. Written <c>texp(corrections none)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It is set to false, and <see cref="Form"/> is <see cref="ExponentialForm.AnySchedule"/>, which has no corrections.
    /// </exception>
    public bool IsCorrected
    {
        get;
        init
        {
            RequireCorrections(Form, value);
            field = value;
        }
    } = true;

    /// <summary>Reads the text form.</summary>
    /// <param name="text"><c>exponential</c>, <c>texp</c> or <c>texp--</c>; the last two take <c>(corrections none)</c>.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The rewrite.</returns>
    /// <exception cref="InvalidInputException">The text has another form; one sentence with the column.</exception>
    public static ExponentialRewrite Parse(string text, string subject = "rewrite") => RewriteForms.ParseExponential(text, subject);

    /// <summary>
    /// The plan whose function is trained, by cases:
    /// <list type="bullet">
    /// <item><description><see cref="ExponentialForm.AnySchedule"/>, <see cref="ExponentialForm.Steps"/>: the plan
    /// itself;</description></item>
    /// <item><description><see cref="ExponentialForm.StepsWithoutDrops"/>: the plan of constant rate lr_0 and weight decay <c>wd lr /
    /// lr_0</c>, and so for each group with a rate or a weight decay of its own.</description></item>
    /// </list>
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The plan; of what this returns it is that plan itself.</returns>
    /// <exception cref="InvalidInputException">
    /// The first rate is 0, which leaves nothing of the plan; a sentence for each group, with its name.
    /// </exception>
    public TrainingPlan SourceOf(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Form == ExponentialForm.StepsWithoutDrops ? PlanWithoutDrops.Of(plan) : plan;
    }

    /// <summary>The rates of <see cref="SourceOf"/> in this form.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="group">The parameter group's name, with its own schedules; null for the parameters of no group.</param>
    /// <returns>
    /// The plan without weight decay. It says its corrections also where <see cref="IsCorrected"/> is false: the run leaves them out.
    /// </returns>
    /// <exception cref="InvalidInputException">
    /// The plan does not meet the conditions of the form; one sentence with the first update that does not.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public ExponentialPlan Apply(TrainingPlan plan, string? group = null) => Rates(SourceOf(plan), group);

    /// <summary>Checks the conditions of the form, for the plan and for every group with schedules of its own.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="InvalidInputException">
    /// They are not met; a sentence for each, with the name of the group, if it is one, and the first update at which they fail.
    /// </exception>
    public void Check(TrainingPlan plan)
    {
        var source = SourceOf(plan);
        var findings = new List<Finding>();
        Check(source, null, null, findings);
        foreach (var group in source.Settings.Groups)
        {
            if (group is not { LearningRate: null, Momentum: null, WeightDecay: null })
            {
                Check(source, group.Name, $"group '{group.Name}'", findings);
            }
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    /// <summary>The text form.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal rewrite.</returns>
    public override string ToString() => RewriteForms.Print(this);

    private static void RequireCorrections(ExponentialForm form, bool isCorrected)
    {
        if (form == ExponentialForm.AnySchedule && !isCorrected)
        {
            throw new ArgumentException(
                "there are no corrections to leave out, since an empty buffer fits; leave them out of texp or texp--.",
                nameof(isCorrected));
        }
    }

    private void Check(TrainingPlan source, string? group, string? place, List<Finding> findings)
    {
        try
        {
            _ = Rates(source, group);
        }
        catch (InvalidInputException exception)
        {
            // What is true of the plan's own values needs no group to be said.
            findings.AddRange(exception.Findings
                .Where(finding => !findings.Contains(finding))
                .Select(finding => place is null ? finding : finding.At(place))
                .ToArray());
        }
    }

    private ExponentialPlan Rates(TrainingPlan source, string? group) =>
        Form == ExponentialForm.AnySchedule ? source.ToExponential(group) : source.Texp(group);
}
