using System.Collections.Immutable;

namespace Rubato;

/// <summary>What a <see cref="TrainingPlan"/> is built from, as it is written: schedules with units over a budget.</summary>
/// <remarks>Immutable; equality is by value. Nothing is checked here: the plan reports all findings at once.</remarks>
public sealed record PlanSettings
{
    /// <summary>The budget: in epochs, batches or samples.</summary>
    public required Duration Length { get; init; }

    /// <summary>The size of the training set; null where there is none, and then nothing may be counted in epochs.</summary>
    public long? SamplesPerEpoch { get; init; }

    /// <summary>
    /// The learning rate. Leave it out if a controller decides it, such as <see cref="Control.AutoWarmup"/>: it is then 1, the unit of the
    /// rates of <see cref="Groups"/>, and a plan alone cannot be driven.
    /// </summary>
    public Schedule LearningRate
    {
        get;
        init => (field, HasLearningRate) = (value, true);
    }
    = 1;

    /// <summary>The global batch size in samples; rounded to whole samples.</summary>
    public required Schedule BatchSize { get; init; }

    /// <summary>SGD's momentum, or beta1 for Adam's family.</summary>
    public Schedule Momentum { get; init; } = 0;

    /// <summary>The weight decay.</summary>
    public Schedule WeightDecay { get; init; } = 0;

    /// <summary>What happens at the end of an epoch.</summary>
    public EpochTail Tail { get; init; }

    /// <summary>Parameter groups with schedules of their own.</summary>
    public ImmutableArray<GroupSettings> Groups { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether <see cref="LearningRate"/> was given. No part of the value: it only tells a slip from a 1 that is meant.</summary>
    internal bool HasLearningRate { get; private init; }

    /// <inheritdoc/>
    public bool Equals(PlanSettings? other) =>
        other is not null
        && Length == other.Length
        && SamplesPerEpoch == other.SamplesPerEpoch
        && LearningRate == other.LearningRate
        && BatchSize == other.BatchSize
        && Momentum == other.Momentum
        && WeightDecay == other.WeightDecay
        && Tail == other.Tail
        && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Length, SamplesPerEpoch, LearningRate, BatchSize, Momentum, WeightDecay, Tail, Groups.Length);
}
