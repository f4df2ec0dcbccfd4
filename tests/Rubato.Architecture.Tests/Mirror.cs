using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

/// <summary>
/// Tests mirror sources path by path: <c>tests/Rubato.X.Tests/A/BTests.cs</c> tests <c>src/Rubato.X/A/B.cs</c>, and
/// <c>tests/Rubato.Samples.Tests/A/BTests.cs</c> tests <c>samples/A/B.cs</c>.
/// </summary>
internal static partial class Mirror
{
    /// <summary>Tests of several sources at once or of behaviour that no single file owns; each with its reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Exempt = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tests/Rubato.Data.Tests/Fuzzing/MutatedFilesTests.cs"] = "feeds every loader",
        ["tests/Rubato.Torch.Tests/Networks/AllNetworksTests.cs"] = "what every network promises",
        ["tests/Rubato.Torch.Tests/Optimizers/AllOptimizersTests.cs"] = "what every optimizer promises",
        ["tests/Rubato.Tests/Rewrites/NoiseDynamicsTests.cs"] = "what every rewrite promises of the noise",
    };

    public static IEnumerable<string> Violations(IReadOnlyCollection<string> files) =>
        from file in files
        let match = TestFile().Match(file)
        where match.Success && !match.Groups["project"].Value.Equals("Rubato.Architecture", StringComparison.Ordinal)
        where !Exempt.ContainsKey(file)
        let folder = $"{FolderOf(match.Groups["project"].Value)}/{match.Groups["folder"].Value}"
        let subject = match.Groups["subject"].Value
        where !files.Contains($"{folder}{subject}.cs") && !files.Any(other => other.StartsWith($"{folder}{subject}.", StringComparison.Ordinal))
        select $"{file} has no {folder}{subject}.cs";

    private static string FolderOf(string project) => project == "Rubato.Samples" ? "samples" : $"src/{project}";

    /// <summary>A large subject is split as <c>BTests.Theme.cs</c>.</summary>
    [GeneratedRegex(@"^tests/(?<project>[^/]+)\.Tests/(?<folder>(?:[^/]+/)*)(?<subject>[^/.]+)Tests(?:\.[^/.]+)?\.cs$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestFile();
}
