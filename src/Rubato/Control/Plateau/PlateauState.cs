using System.Globalization;
using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>What <see cref="ReduceOnPlateau"/> remembers of what it watches, saved and restored to the last bit.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PlateauState : ISavedValue
{
    /// <summary>The factor on the rate of the controller within; in (0, 1].</summary>
    [JsonRequired]
    public double Scale { get; init; } = 1;

    /// <summary>How often the rate was reduced; at least 0.</summary>
    public long Reductions { get; init; }

    /// <summary>
    /// The best mean, or the best that was watched, to which others are compared; null before the first that is a finite number.
    /// </summary>
    public double? Best { get; init; }

    /// <summary>How many means in a row were no better; at least 0. PyTorch's <c>num_bad_epochs</c>.</summary>
    public int Bad { get; init; }

    /// <summary>How many more means do not count as bad; at least 0. PyTorch's <c>cooldown_counter</c>.</summary>
    public int Cooldown { get; init; }

    /// <summary>How many means, or evaluations, there were; at least 0.</summary>
    public long Means { get; init; }

    /// <summary>The last mean; null before the first.</summary>
    public double? LastMean { get; init; }

    /// <summary>The mean of the losses since <see cref="LastMean"/>, weighted by samples; 0 if there is none yet.</summary>
    public double Mean { get; init; }

    /// <summary>The samples that <see cref="Mean"/> is over; at least 0.</summary>
    public long Samples { get; init; }

    /// <summary>The updates that <see cref="Mean"/> is over; at least 0.</summary>
    public long Updates { get; init; }

    /// <summary>What is watched, so that what was remembered of one measure is not taken for another; null is the training loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Watched? Watch { get; init; }

    string? ISavedValue.Finding() =>
        Watch is { } watched && !Enum.IsDefined(watched) ? $"plateau watches {watched}, which is none of the measures" :
        !(Scale is > 0 and <= 1)
            ? string.Create(CultureInfo.InvariantCulture, $"plateau has the scale {Scale}; it must be above 0 and at most 1")
        : Reductions < 0 || Bad < 0 || Cooldown < 0 || Means < 0
            ? $"plateau has {Reductions} reductions, {Bad} bad means, a cooldown of {Cooldown} and {Means} means; each must be at least 0"
        : Updates < 0 ? $"plateau has {Updates} updates since the last mean; it must have at least 0"
        : Samples < Updates
            ? $"plateau has {Updates} updates and {Samples} samples since the last mean; there must be at least one sample for each update"
        : null;
}
