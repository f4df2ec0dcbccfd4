using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

/// <summary>Only the command line knows flags: whoever calls a library from C# meets none in a message.</summary>
public sealed partial class FlagTests
{
    [Fact]
    public void Sources_OutsideTheCommandLine_HoldNoFlagInALiteral() =>
        Findings.AssertNone(
            from file in Repository.Files("src")
            where file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("src/Rubato.Cli/", StringComparison.Ordinal)
            from line in Repository.Read(file).Split('\n').Index()
            where HoldsFlag(line.Item)
            select $"{file}, line {line.Index + 1}: {line.Item.Trim()}");

    [Theory]
    [InlineData("throw new X(\"write --lr 0.1\");", true)]
    [InlineData("throw new X($\"--{name} is {value}\");", true)]
    [InlineData("/// What it is, such as <c>--lr</c>, or \"--lr\".", false)]
    [InlineData("for (; n > 0; --n) Say(\"a - b, texp-- and so on\");", false)]
    public void HoldsFlag_Line_InLiteralsOnly(string line, bool holds) => Assert.Equal(holds, HoldsFlag(line));

    private static bool HoldsFlag(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Flag().IsMatch(line);

    [GeneratedRegex("\"[^\"]*(?<![A-Za-z0-9-])--[a-z{][^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Flag();
}
