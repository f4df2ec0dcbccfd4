using System.Reflection;

namespace Rubato.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void ProjectReferences_AllProjects_FollowTheTable() => Findings.AssertNone(Arrows.Violations(Repository.Projects));

    [Theory]
    [InlineData("src/Rubato/Rubato.csproj", "Rubato.Runs", "Rubato -> Rubato.Runs")]
    [InlineData("src/Rubato.Data/Rubato.Data.csproj", "Rubato.Torch", "Rubato.Data -> Rubato.Torch")]
    [InlineData("tests/Rubato.Runs.Tests/Rubato.Runs.Tests.csproj", "Rubato.Cli", "Rubato.Runs.Tests -> Rubato.Cli")]
    [InlineData("src/Rubato.New/Rubato.New.csproj", "Rubato", "Rubato.New -> Rubato")]
    [InlineData("samples/OwnLoop/Rubato.Samples.OwnLoop.csproj", "Rubato.Torch", "Rubato.Samples.OwnLoop -> Rubato.Torch")]
    [InlineData("benchmarks/New/Rubato.New.csproj", "Rubato", "Rubato.New -> Rubato")]
    [InlineData("tests/Rubato.Samples.Tests/Rubato.Samples.Tests.csproj", "Rubato.Cli", "Rubato.Samples.Tests -> Rubato.Cli")]
    public void ProjectReferences_WrongArrow_IsFound(string path, string target, string expected)
    {
        var project = ProjectFile.Parse(
            path, $"""<Project><ItemGroup><ProjectReference Include="../{target}/{target}.csproj" /></ItemGroup></Project>""");
        Assert.Equal([expected], Arrows.Violations([project]));
    }

    [Fact]
    public void Rooms_Table_HoldsExactlyTheSourceProjects() =>
        Assert.Equal(
            Arrows.Rooms.Order(StringComparer.Ordinal),
            Repository.SourceProjects.Select(project => project.Name).Order(StringComparer.Ordinal));

    /// <summary>Project references are transitive: a room could use another without saying so in its project file.</summary>
    [Fact]
    public void CompiledReferences_AllRooms_FollowTheTable()
    {
        var found = from room in Arrows.Rooms
                    from reference in Assembly.Load(room).GetReferencedAssemblies()
                    where Arrows.Rooms.Contains(reference.Name!) && !Arrows.MayUse(room, reference.Name!)
                    select $"{room} -> {reference.Name}";
        Findings.AssertNone(found);
    }

    [Fact]
    public void Packages_OfTheLibraryRubato_AreNone() =>
        Findings.AssertNone(Repository.Projects.Single(project => project.Name == "Rubato").Packages);

    [Fact]
    public void UnsafeCode_IsAllowedInTorchOnly() =>
        Assert.Equal(["Rubato.Torch"], Repository.Projects.Where(project => project.AllowsUnsafe).Select(project => project.Name));

    [Fact]
    public void UnsafeCode_SharedBuildFiles_DoNotAllowIt() =>
        Assert.DoesNotContain(
            Repository.Files().Where(path => Path.GetExtension(path) is ".props" or ".targets"),
            path => Repository.Read(path).Contains("AllowUnsafeBlocks", StringComparison.Ordinal));

    [Fact]
    public void Solution_ListsEveryProject()
    {
        var solution = Repository.Read("Rubato.slnx");
        Assert.All(Repository.Projects, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }
}
