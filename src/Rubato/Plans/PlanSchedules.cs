namespace Rubato.Plans;

/// <summary>The schedules of one parameter group, in samples.</summary>
internal readonly record struct PlanSchedules(Schedule LearningRate, Schedule Momentum, Schedule WeightDecay);
