namespace Rubato.Architecture.Tests;

public sealed class BannedWordTests
{
    private static readonly string[] TextFiles =
        [".cs", ".cpp", ".h", ".txt", ".md", ".sh", ".py", ".yaml", ".yml", ".csproj", ".props", ".targets", ".globalconfig", ".slnx", ""];

    /// <summary>
    /// Paths of one machine, hosts of package registries, work left undone, and a word for what is either a global or a micro batch here.
    /// Each is put together from halves, so that this file does not hold it.
    /// </summary>
    private static readonly string[] Banned =
        ["/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/", "nuget" + ".org", "pypi" + ".org", "TO" + "DO", "FIX" + "ME", "mini" + "batch", "mini" + "-batch"];

    [Fact]
    public void Texts_All_HoldNoBannedWord() =>
        Findings.AssertNone(
            Repository.Files()
                .Where(file => TextFiles.Contains(Path.GetExtension(file), StringComparer.Ordinal))
                .SelectMany(file => Search(file, Repository.Read(file))));

    [Fact]
    public void Search_BannedWord_NamesFileLineAndWord() =>
        Assert.Equal(["a.md:2 says 'mini" + "batch'"], Search("a.md", "A batch.\nA mini" + "batch.\n"));

    private static IEnumerable<string> Search(string file, string text) =>
        from line in text.Split('\n').Index()
        from word in Banned
        where line.Item.Contains(word, StringComparison.Ordinal)
        select $"{file}:{line.Index + 1} says '{word}'";
}
