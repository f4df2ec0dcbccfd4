namespace Rubato.Architecture.Tests;

/// <summary>Says every finding in full, where <c>Assert.Empty</c> would cut the list.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string?> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
