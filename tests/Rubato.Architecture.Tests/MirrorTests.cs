namespace Rubato.Architecture.Tests;

public sealed class MirrorTests
{
    [Fact]
    public void TestFiles_All_HaveTheirSource() => Findings.AssertNone(Mirror.Violations([.. Repository.Files("src"), .. Repository.Files("samples"), .. Repository.Files("tests")]));

    [Fact]
    public void TestFiles_InAnotherFolderThanTheSource_AreFound()
    {
        string[] files =
        [
            "src/Rubato/Plans/Progress.cs",
            "src/Rubato/Plans/Plan.Parts.cs",
            "tests/Rubato.Tests/Plans/ProgressTests.cs",
            "tests/Rubato.Tests/Plans/ProgressTests.Edges.cs",
            "tests/Rubato.Tests/Plans/PlanTests.cs",
            "tests/Rubato.Tests/Plans/Helper.cs",
            "tests/Rubato.Tests/ProgressTests.cs",
            "samples/Loop/Program.cs",
            "tests/Rubato.Samples.Tests/Loop/ProgramTests.cs",
            "tests/Rubato.Samples.Tests/ProgramTests.cs",
        ];
        Assert.Equal(
            ["tests/Rubato.Tests/ProgressTests.cs has no src/Rubato/Progress.cs", "tests/Rubato.Samples.Tests/ProgramTests.cs has no samples/Program.cs"],
            Mirror.Violations(files));
    }

    [Fact]
    public void SourceProjects_All_HaveATestProject() =>
        Assert.Equal(
            Repository.SourceProjects.Select(project => $"{project.Name}.Tests").Concat(["Rubato.Architecture.Tests", "Rubato.Samples.Tests"]).Order(StringComparer.Ordinal),
            Repository.Projects.Where(project => project.IsTest).Select(project => project.Name).Order(StringComparer.Ordinal));
}
