using System.Collections.Immutable;
using Rubato.RangeTests;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.RangeTests;

/// <summary>A range test of one or more trainings, with every choice made.</summary>
/// <param name="Tasks">The trainings to compare, which differ in momentum or weight decay; at least one.</param>
/// <param name="Sweep">The rates, the same for all trainings.</param>
/// <param name="Repeats">Runs of each training, with its seed and the ones after it; at least 1.</param>
/// <param name="Suggestion">How the answer is found; its batch size and margin are not used.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RangeTrial(ImmutableArray<TrainingTask> Tasks, Sweep Sweep, int Repeats, RangeSuggestionSettings Suggestion);
