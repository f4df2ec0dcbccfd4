namespace Rubato.Architecture.Tests;

public sealed class FolderArrowTests
{
    [Fact]
    public void Folders_AllProjects_HaveNoCircles() =>
        Findings.AssertNone(FolderArrows.Violations(Arrows.Rooms.Select(room => (room, Sources(room)))));

    [Theory]
    [InlineData("A/One.cs", "class One { Two x; }", "B/Two.cs", "class Two : One;", "P: A, B")]
    [InlineData("One.cs", "class One { Two x; }", "B/Two.cs", "class Two(One one);", "P: ., B")]
    [InlineData("A/X/One.cs", "class One { Two x; }", "A/Y/Two.cs", "class Two { string s = $\"{One.Name}\"; }", "P/A: X, Y")]
    public void Circles_TwoFoldersThatNameEachOther_AreOne(string first, string one, string second, string two, string expected)
    {
        var circle = Assert.Single(FolderArrows.Circles("P", [Parse(first, one), Parse(second, two)]));
        Assert.Equal(expected, circle.Name);
        string[] arrows = [$"  {first} -> {second} (Two)", $"  {second} -> {first} (One)"];
        Assert.Equal(arrows.Order(StringComparer.Ordinal), circle.Arrows);
    }

    [Theory]
    [InlineData("class Two; // One")]
    [InlineData("class Two { string s = \"One\"; }")]
    [InlineData("class Two { int x = y.One; }")]
    [InlineData("class Two { int One() => 1; int x = One(); }")]
    public void Circles_NameThatIsNoType_IsNone(string two) =>
        Assert.Empty(FolderArrows.Circles("P", [Parse("A/One.cs", "class One { Two x; }"), Parse("B/Two.cs", two)]));

    [Fact]
    public void Circles_RootOfThePackage_DoesNotCount() =>
        Assert.Empty(FolderArrows.Circles("Rubato", [Parse("One.cs", "class One { Two x; }"), Parse("B/Two.cs", "class Two : One;")]));

    private static SourceFile Parse(string path, string text) => SourceFile.Parse(path, $"namespace P;\n\n{text}\n");

    private static IReadOnlyList<SourceFile> Sources(string room) =>
        [.. from file in Repository.Files($"src/{room}")
            where file.EndsWith(".cs", StringComparison.Ordinal)
            select SourceFile.Parse(file[$"src/{room}/".Length..], Repository.Read(file))];
}
