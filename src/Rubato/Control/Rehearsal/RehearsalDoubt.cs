using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>What speaks against a rate that a <see cref="Rehearsal"/> found.</summary>
public enum RehearsalDoubt
{
    /// <summary>Nothing: the best miniature run has a worse one on either side.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Nothing was probed: the rate is the usual one.</summary>
    [JsonStringEnumMemberName("nothing_probed")]
    NothingProbed,

    /// <summary>There was no room for miniature runs: the rate lies between those at which the loss of a few samples falls.</summary>
    [JsonStringEnumMemberName("bracket_only")]
    BracketOnly,

    /// <summary>Every miniature run was destroyed.</summary>
    [JsonStringEnumMemberName("all_destroyed")]
    AllDestroyed,

    /// <summary>No miniature run learned enough to tell rates apart.</summary>
    [JsonStringEnumMemberName("nothing_learned")]
    NothingLearned,

    /// <summary>The best rate is the lowest that was tried: a lower one may be better.</summary>
    [JsonStringEnumMemberName("lowest_is_best")]
    LowestIsBest,

    /// <summary>The best rate is the highest that was tried: a higher one may be better.</summary>
    [JsonStringEnumMemberName("highest_is_best")]
    HighestIsBest,
}
