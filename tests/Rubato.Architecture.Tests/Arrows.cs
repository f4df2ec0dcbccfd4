namespace Rubato.Architecture.Tests;

/// <summary>Which room may use which. A new project or arrow is a decision, made by editing this table.</summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Rubato"] = [],
        ["Rubato.Torch"] = ["Rubato"],
        ["Rubato.Data"] = ["Rubato"],
        ["Rubato.Runs"] = ["Rubato"],
        ["Rubato.Training"] = ["Rubato", "Rubato.Data", "Rubato.Runs", "Rubato.Torch"],
        ["Rubato.Cli"] = ["Rubato", "Rubato.Data", "Rubato.Runs", "Rubato.Training"],
    };

    public static IReadOnlyCollection<string> Rooms => Allowed.Keys;

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) =>
        from project in projects
        from reference in project.References
        where !MayUse(project, reference)
        select $"{project.Name} -> {reference}";

    public static bool MayUse(string room, string other) => Allowed.TryGetValue(room, out var allowed) && allowed.Contains(other);

    private static bool MayUse(ProjectFile project, string other) => project switch
    {
        { IsTest: false } => MayUse(project.Name, other),
        { Name: "Rubato.Architecture.Tests" } => Allowed.ContainsKey(other),
        _ => project.Name == $"{other}.Tests",
    };
}
