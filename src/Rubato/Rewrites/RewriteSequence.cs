using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato.Rewrites;

/// <summary>
/// Rewrites that are applied one after another: <c>scale-batch(5), raise-momentum(0.98), grow-batch</c>; an exponential form may be the
/// last of them: <c>grow-batch, exponential</c>.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RewriteSequence
{
    /// <summary>Rewrites in the order in which they are applied.</summary>
    /// <param name="rewrites">Any number, none among them.</param>
    public RewriteSequence(params ImmutableArray<PlanRewrite> rewrites) => Rewrites = rewrites.IsDefault ? [] : rewrites;

    /// <summary>One rewrite.</summary>
    /// <param name="rewrite">The rewrite.</param>
    public static implicit operator RewriteSequence(PlanRewrite rewrite) => FromPlanRewrite(rewrite);

    /// <summary>The exponential form alone.</summary>
    /// <param name="rewrite">The form.</param>
    public static implicit operator RewriteSequence(ExponentialRewrite rewrite) => FromExponentialRewrite(rewrite);

    /// <summary>One rewrite.</summary>
    /// <param name="rewrite">The rewrite.</param>
    /// <returns>The sequence.</returns>
    public static RewriteSequence FromPlanRewrite(PlanRewrite rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return new RewriteSequence(rewrite);
    }

    /// <summary>The exponential form alone.</summary>
    /// <param name="rewrite">The form.</param>
    /// <returns>The sequence.</returns>
    public static RewriteSequence FromExponentialRewrite(ExponentialRewrite rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return new RewriteSequence { Exponential = rewrite };
    }

    /// <summary>The rewrites, the first to be applied first.</summary>
    public ImmutableArray<PlanRewrite> Rewrites { get; }

    /// <summary>In which form the rewritten plan is run with growing rates; null where it is run as it is.</summary>
    public ExponentialRewrite? Exponential { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Rewrites.IsEmpty && Exponential is null;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">
    /// Rewrites as <see cref="PlanRewrite.Parse"/> reads them, with commas between; as the last one also what
    /// <see cref="ExponentialRewrite.Parse"/> reads; blank for none.
    /// </param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The sequence.</returns>
    /// <exception cref="InvalidInputException">
    /// A rewrite has another form, or a value is out of its range, or one follows an exponential form; one sentence with the column.
    /// </exception>
    public static RewriteSequence Parse(string text, string subject = "rewrite")
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.IsNullOrWhiteSpace(text) ? new() : RewriteForms.ParseAll(text, subject);
    }

    /// <summary>The sequence with batches that are multiples of a size, where a rewrite does not say of which.</summary>
    /// <param name="multiple">The size, such as the micro-batch; at least 1.</param>
    /// <returns>The sequence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public RewriteSequence WithMultiple(long multiple) =>
        new([.. Rewrites.Select(rewrite => rewrite with { Multiple = rewrite.Multiple ?? multiple })]) { Exponential = Exponential };

    /// <summary>Rewrites a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>
    /// What the last rewrite makes of it; the plan itself where there is none. With <see cref="Exponential"/> it is the plan with weight
    /// decay whose function is trained, <see cref="ExponentialRewrite.SourceOf"/>.
    /// </returns>
    /// <exception cref="InvalidInputException">
    /// A plan leaves no room for its rewrite, or does not meet the conditions of the exponential form; sentences which among several
    /// rewrites begin with the one.
    /// </exception>
    public TrainingPlan Apply(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var rewrite in Rewrites)
        {
            plan = Apply(rewrite, plan);
        }

        return Exponential is { } exponential ? Named(exponential, () => Checked(exponential, plan)) : plan;
    }

    /// <summary>What the raised momenta cost at the start of a run, one warning for each <see cref="RaiseMomentum"/>.</summary>
    /// <param name="plan">The plan before it is rewritten; the size of its training set must be known.</param>
    /// <returns>The warnings, in order.</returns>
    /// <exception cref="InvalidInputException">
    /// The size of the training set is not known, or a plan leaves no room for its rewrite.
    /// </exception>
    public ImmutableArray<MomentumWarning> Warnings(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var warnings = ImmutableArray.CreateBuilder<MomentumWarning>();
        foreach (var rewrite in Rewrites)
        {
            if (rewrite is RaiseMomentum raise)
            {
                warnings.Add(raise.Warning(plan));
            }

            plan = Apply(rewrite, plan);
        }

        return warnings.ToImmutable();
    }

    /// <summary>Whether two sequences do the same.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they have equal rewrites in the same order, and the same exponential form.</returns>
    public bool Equals(RewriteSequence? other) =>
        other is not null && Rewrites.SequenceEqual(other.Rewrites) && Exponential == other.Exponential;

    /// <inheritdoc/>
    public override int GetHashCode() => Rewrites.Aggregate(Exponential?.GetHashCode() ?? 0, HashCode.Combine);

    /// <summary>The text form.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal sequence; empty for none.</returns>
    public override string ToString() => string.Join(", ", Exponential is null ? Rewrites : Rewrites.Cast<object>().Append(Exponential));

    private static TrainingPlan Checked(ExponentialRewrite exponential, TrainingPlan plan)
    {
        exponential.Check(plan);
        return exponential.SourceOf(plan);
    }

    private TrainingPlan Apply(PlanRewrite rewrite, TrainingPlan plan) => Named(rewrite, () => rewrite.Apply(plan));

    // What the plan lacks needs no rewrite to be said.
    private static bool IsOfPlan(Finding finding) => finding.Setting == nameof(PlanSettings.SamplesPerEpoch);

    // Among several, a sentence must say which one it is about.
    private TrainingPlan Named(object rewrite, Func<TrainingPlan> apply)
    {
        try
        {
            return apply();
        }
        catch (InvalidInputException exception) when (Rewrites.Length + (Exponential is null ? 0 : 1) > 1)
        {
            var findings = exception.Findings.Select(finding => IsOfPlan(finding) ? finding : finding.At($"{rewrite}"));
            throw new InvalidInputException([.. findings], exception);
        }
    }
}
