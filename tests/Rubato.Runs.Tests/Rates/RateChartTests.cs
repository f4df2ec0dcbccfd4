using System.Xml.Linq;
using Rubato.Runs.Rates;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateChartTests
{
    private static readonly RateFigure Figure = RateFigure.Of(RateCurves.Of([RateCurve.Of(SampleRuns.Halving(400), "decay"), RateCurve.Of(SampleRuns.Growing(400), "growing")]));

    [Fact]
    public void Svg_TwoRuns_TheirNamesAndEachPanel()
    {
        var texts = XDocument.Parse(RateChart.Svg(Figure)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.All((string[])["decay", "growing", "samples seen", "learning rate", "exponential rate", "effective rate", "10^400"], text => Assert.Contains(text, texts));
    }

    // In the legend, and in each panel that has it.
    [Theory]
    [InlineData("stroke:rgb(0,114,178)", 3)]
    [InlineData("stroke:rgb(213,94,0)", 4)]
    public void Svg_TwoRuns_TheirLines(string color, int lines) => Assert.Equal(
        lines,
        XDocument.Parse(RateChart.Svg(Figure)).Descendants().Count(element => element.Name.LocalName is "line" or "polyline" && element.Attribute("style")?.Value.Contains(color, StringComparison.Ordinal) == true));

    [Fact]
    public void Write_File_TheDrawing()
    {
        using var temporary = new TemporaryFolder();
        RateChart.Write(temporary["a.svg"], Figure);
        Assert.Equal(RateChart.Svg(Figure), File.ReadAllText(temporary["a.svg"]));
    }
}
