using System.Collections.Immutable;
using System.Globalization;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>Reads plans that a user wrote.</summary>
public static class PlanText
{
    private const double UsualWarmup = 0.05;

    // One-cycle's usual first share, 1/25, instead of 0: so that the first update is not lost.
    private const double WarmupStart = 0.04;

    /// <summary>Reads every schedule of a plan.</summary>
    /// <param name="texts">What the user wrote.</param>
    /// <returns>The settings of a <see cref="TrainingPlan"/>.</returns>
    /// <exception cref="InvalidInputException">Something cannot be read; all findings at once, each beginning with its flag.</exception>
    public static PlanSettings Parse(PlanTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var findings = new List<Finding>();
        var rate = Read(findings, () => LearningRate(texts));
        var batchSize = Read(findings, () => Schedule(texts.BatchSize, "--batch"));
        var momentum = Read(findings, () => Schedule(texts.Momentum, "--momentum"));
        var decay = Read(findings, () => Schedule(texts.WeightDecay, "--weight-decay"));
        var length = Read(findings, () => new Once<Duration>(Length(texts.Length)));
        var tail = Read(findings, () => new Once<EpochTail>(Tail(texts.Tail)));
        var groups = Read(findings, () => new Once<ImmutableArray<GroupSettings>>(
            GroupText.Parse(texts.Groups, rate ?? 0, momentum ?? 0, decay ?? 0)));
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        return new PlanSettings
        {
            LearningRate = rate!,
            BatchSize = batchSize!,
            Momentum = momentum!,
            WeightDecay = decay!,
            Length = length!.Value,
            Tail = tail!.Value,
            Groups = groups!.Value,
            SamplesPerEpoch = texts.SamplesPerEpoch,
        };
    }

    /// <summary>The peak that a learning rate names when it is a number and no schedule.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>The number; null for a schedule.</returns>
    public static double? PeakOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var peak) ? peak : null;

    private static Schedule LearningRate(PlanTexts texts)
    {
        if (texts.LearningRate == "auto")
        {
            throw new InvalidInputException("--lr is auto: the rate is found when training begins; write a rate or a schedule, for instance --lr 0.1.");
        }

        if (PeakOf(texts.LearningRate) is not { } peak)
        {
            var schedule = Schedule(texts.LearningRate, "--lr");
            return texts.Warmup is not { } unused ? schedule : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--warmup is {unused}, but --lr is the schedule '{schedule}'; write the warm-up into it, for instance warmup(cosine(0.1 -> 0), {unused}dur)."));
        }

        if (!(double.IsFinite(peak) && peak > 0))
        {
            throw new InvalidInputException($"--lr is {texts.LearningRate}; it must be a finite number above 0 or a schedule, for instance --lr 0.1.");
        }

        var share = texts.Warmup ?? UsualWarmup;
        var decay = new Cosine(peak, 0);
        return share switch
        {
            0 => decay,
            > 0 and < 1 => new Warmup(decay, Duration.Share(share), WarmupStart),
            _ => throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"--warmup is {share}; it must be at least 0 and below 1, for instance --warmup 0.1.")),
        };
    }

    private static Schedule Schedule(string text, string subject) => ScheduleText.Parse(text, ScheduleFunctions.None, subject);

    private static Duration Length(string text)
    {
        try
        {
            return Duration.Parse(text);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException($"--length: {exception.Message}", exception);
        }
    }

    private static EpochTail Tail(string text) => text switch
    {
        "carry" => EpochTail.Carry,
        "cut" => EpochTail.Cut,
        _ => throw new InvalidInputException($"--tail is '{text}'; it must be carry or cut.{Suggestion.For(text, ["carry", "cut"])}"),
    };

    private static T? Read<T>(List<Finding> findings, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    // Lets a value be absent after a finding.
    private sealed record Once<T>(T Value);
}
