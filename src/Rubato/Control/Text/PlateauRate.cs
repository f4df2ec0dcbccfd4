using Rubato.Control.Controllers;
using Rubato.Schedules;

namespace Rubato.Control.Text;

/// <summary>A learning rate that falls where the loss does no more, as a user wrote it.</summary>
/// <param name="LearningRate">The rate before any reduction, for a plan: the schedule before <c>then</c>, and from its end on the one number.</param>
/// <param name="Settings">What <see cref="ReduceOnPlateau"/> is told; watching begins at the end of that schedule.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PlateauRate(Schedule LearningRate, ReduceOnPlateauSettings Settings);
