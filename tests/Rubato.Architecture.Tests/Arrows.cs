namespace Rubato.Architecture.Tests;

/// <summary>Which room may use which. A new project or arrow is a decision, made by editing this table.</summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Rubato"] = [],
        ["Rubato.Data"] = ["Rubato"],
        ["Rubato.Runs"] = ["Rubato"],
        ["Rubato.Torch"] = ["Rubato", "Rubato.Runs"],
        ["Rubato.Cli"] = ["Rubato", "Rubato.Data", "Rubato.Runs", "Rubato.Torch"],
    };

    /// <summary>Programs around the rooms. Samples show what a package alone can do.</summary>
    private static readonly Dictionary<string, string[]> Around = new(StringComparer.Ordinal)
    {
        ["Rubato.Benchmarks"] = ["Rubato"],
        ["Rubato.RunCost"] = ["Rubato.Cli"],
        ["Rubato.ManyRuns"] = ["Rubato.Cli"],
        ["Rubato.Processes"] = ["Rubato.Cli"],
        ["Rubato.TrainerCost"] = ["Rubato.Torch"],
        ["Rubato.Strangers"] = ["Rubato", "Rubato.Data", "Rubato.Runs", "Rubato.Torch"],
        ["Rubato.Peers"] = ["Rubato.Cli", "Rubato.Torch"],
        ["Rubato.Samples.LeastSquares"] = ["Rubato"],
        ["Rubato.Samples.OwnLoop"] = ["Rubato"],
        ["Rubato.Samples.TorchSharp"] = ["Rubato"],
        ["Rubato.Samples.ToyExample"] = ["Rubato"],
        ["Rubato.Samples.Trainer"] = ["Rubato.Runs", "Rubato.Torch"],
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
        { IsTest: false } => MayUse(project.Name, other) || (Around.TryGetValue(project.Name, out var allowed) && allowed.Contains(other)),
        { Name: "Rubato.Architecture.Tests" } => Allowed.ContainsKey(other),
        { Name: "Rubato.Samples.Tests" } => other.StartsWith("Rubato.Samples.", StringComparison.Ordinal),

        // Runs, networks and optimizers are asked for by name, as the command line asks for them; several processes are a program.
        { Name: "Rubato.Torch.Tests" } => project.Name == $"{other}.Tests" || other is "Rubato.Cli" or "Rubato.Processes",
        _ => project.Name == $"{other}.Tests",
    };
}
