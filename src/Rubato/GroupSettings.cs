namespace Rubato;

/// <summary>A named parameter group's own schedules; what is null is the plan's.</summary>
/// <param name="Name">The group's name; not empty.</param>
/// <param name="LearningRate">The group's learning rate, instead of the plan's.</param>
/// <param name="Momentum">The group's momentum, instead of the plan's.</param>
/// <param name="WeightDecay">The group's weight decay, instead of the plan's.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GroupSettings(string Name, Schedule? LearningRate = null, Schedule? Momentum = null, Schedule? WeightDecay = null);
