using System.Xml.Linq;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeChartTests
{
    [Fact]
    public void Svg_OneVariant_ItsAxesAndItsAnswer()
    {
        var texts = Texts(SampleReports.Variant(SampleReports.Run(hasAccuracy: true)));

        Assert.All((string[])["learning rate", "loss", "accuracy", "base 0.025", "max 0.1", "0.01"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Svg_NoAccuracy_NoPanelOfIt() => Assert.DoesNotContain("accuracy", Texts(SampleReports.Variant(SampleReports.Run())));

    [Fact]
    public void Svg_NoAnswer_NoLines()
    {
        var variant = SampleReports.Variant(SampleReports.Run()) with { Suggestion = new RangeSuggestion { Rule = "lowest", Reason = "why." } };

        Assert.DoesNotContain(Texts(variant), text => text.StartsWith("max", StringComparison.Ordinal));
    }

    [Fact]
    public void Svg_TwoVariants_ALegendAndTheMaximaOnly()
    {
        var texts = Texts(SampleReports.Variant(SampleReports.Run()), SampleReports.Variant(SampleReports.Run(0.5)) with { Momentum = "0.95" });

        Assert.Contains("momentum 0.9", texts);
        Assert.Contains("momentum 0.95", texts);
        Assert.Equal(2, texts.Count(text => text == "max 0.1"));
        Assert.DoesNotContain(texts, text => text.StartsWith("base", StringComparison.Ordinal));
    }

    [Fact]
    public void Svg_SeveralRuns_ABand()
    {
        var one = Svg(SampleReports.Variant(SampleReports.Run()));
        var two = Svg(SampleReports.Variant(SampleReports.Run(), SampleReports.Run(0.3)));

        Assert.Equal(one.Descendants().Count(element => element.Name.LocalName == "polygon") + 1, two.Descendants().Count(element => element.Name.LocalName == "polygon"));
    }

    [Fact]
    public void Svg_SameFigure_SameBytes() =>
        Assert.Equal(Svg(SampleReports.Variant(SampleReports.Run())).ToString(), Svg(SampleReports.Variant(SampleReports.Run())).ToString());

    [Fact]
    public void Write_File_TheDrawing()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "find.svg");
        var figure = RangeFigure.Of(SampleReports.Report(SampleReports.Variant(SampleReports.Run())))!;

        RangeChart.Write(path, figure);

        Assert.Equal(RangeChart.Svg(figure), File.ReadAllText(path));
    }

    private static XDocument Svg(params MeasuredVariant[] variants) => XDocument.Parse(RangeChart.Svg(RangeFigure.Of(SampleReports.Report(variants))!));

    private static List<string> Texts(params MeasuredVariant[] variants) =>
        [.. Svg(variants).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    [Fact]
    public void Svg_Title_SeenAndReadOut()
    {
        var svg = XDocument.Parse(RangeChart.Svg(RangeFigure.Of(SampleReports.Report(SampleReports.Variant(SampleReports.Run())) with
        {
            Settings = [new("data", "csv:<a> & b.csv"), new("network", "mlp(16)")],
        })!));
        const string Title = "range test: mlp(16) on csv:<a> & b.csv";
        Assert.Equal(Title, svg.Root!.Elements().First().Value);
        Assert.Equal("title", svg.Root.Elements().First().Name.LocalName);
        Assert.Equal("img", svg.Root.Attribute("role")!.Value);
        Assert.Contains(Title, svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
    }

    [Theory]
    [InlineData("find.csv", "range test: find.csv")]
    [InlineData(null, "range test")]
    public void Title_Source_ItsName(string? source, string title) => Assert.Equal(
        title, RangeFigure.Of(SampleReports.Report(SampleReports.Variant(SampleReports.Run())) with { Source = source, Settings = [] })!.Title);

    [Fact]
    public void Svg_ThreeVariantsThatCoincide_EachIsThinnerThanTheOneBelowIt()
    {
        var variants = Enumerable.Range(0, 3).Select(i => SampleReports.Variant(SampleReports.Run()) with { Momentum = $"0.{i}" }).ToArray();
        var widths = Svg(variants).Descendants().Where(element => element.Name.LocalName == "polyline")
            .Select(element => element.Attribute("style")!.Value)
            .Where(style => ((string[])["stroke:rgb(0,114,178)", "stroke:rgb(213,94,0)", "stroke:rgb(0,158,115)"]).Any(color => style.Contains(color, StringComparison.Ordinal)))
            .Select(style => style.Split("stroke-width:")[1].Split(';')[0].Split('p')[0])
            .Distinct()
            .Take(3);
        Assert.Equal(["6", "4", "2"], widths);
    }
}
