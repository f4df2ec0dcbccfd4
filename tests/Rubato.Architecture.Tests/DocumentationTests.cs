using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

public sealed class DocumentationTests
{
    /// <summary>The build asks for a comment (CS1591); this asks that the comment says something.</summary>
    [Fact]
    public void PublicTypes_OfTheLibraries_HaveASummary()
    {
        var documented = Arrows.Rooms.Where(room => room != "Rubato.Cli").SelectMany(Summaries).ToHashSet(StringComparer.Ordinal);
        var missing = from type in Library.PublicTypes
                      where type.Assembly.GetName().Name != "Rubato.Cli"
                      let name = type.FullName!.Replace('+', '.')
                      where !documented.Contains($"T:{name}")
                      select name;
        Findings.AssertNone(missing);
    }

    [Fact]
    public void Suppressions_OfTheRule_AreNone()
    {
        var suppressing = Repository.Files("src").Where(file => Repository.Read(file).Contains("CS1591", StringComparison.Ordinal));
        Findings.AssertNone(suppressing);
    }

    private static IEnumerable<string> Summaries(string room) =>
        from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{room}.xml")).Descendants("member")
        where !string.IsNullOrWhiteSpace((string?)member.Element("summary")) || member.Element("inheritdoc") is not null
        select (string?)member.Attribute("name");
}
