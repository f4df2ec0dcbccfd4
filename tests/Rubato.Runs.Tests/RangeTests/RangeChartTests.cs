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
}
