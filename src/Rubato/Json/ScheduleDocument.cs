namespace Rubato.Json;

/// <summary>The outermost object of a schedule's JSON.</summary>
/// <param name="Version">1.</param>
/// <param name="Schedule">The schedule.</param>
internal sealed record ScheduleDocument(int Version, Schedule Schedule);
