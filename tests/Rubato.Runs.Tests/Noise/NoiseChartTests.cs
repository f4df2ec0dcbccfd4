using System.Xml.Linq;
using Rubato.Runs.Noise;

namespace Rubato.Runs.Tests.Noise;

public sealed class NoiseChartTests
{
    private static readonly NoiseFigure Figure = NoiseFigure.Of(NoiseCurve.Of(Measurements.Growing, average: 5));

    [Fact]
    public void Svg_Figure_ADocumentWithBothLinesNamed()
    {
        var texts = XDocument.Parse(NoiseChart.Svg(Figure)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Contains("noise scale (critical batch size)", texts);
        Assert.Contains("batch", texts);
        Assert.Contains("samples seen", texts);
    }

    [Fact]
    public void Write_EqualFigures_EqualBytes()
    {
        using var temporary = new TemporaryFolder();
        NoiseChart.Write(temporary["a.svg"], Figure);
        Assert.Equal(NoiseChart.Svg(NoiseFigure.Of(NoiseCurve.Of(Measurements.Growing, average: 5))), File.ReadAllText(temporary["a.svg"]));
    }
}
