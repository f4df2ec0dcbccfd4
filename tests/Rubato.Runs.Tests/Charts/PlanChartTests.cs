using System.Xml.Linq;
using Rubato.Rewrites;
using Rubato.Runs.Charts;
using Rubato.Schedules;

namespace Rubato.Runs.Tests.Charts;

public sealed class PlanChartTests
{
    private const string FirstColor = "stroke:rgb(0,114,178)";
    private const string SecondColor = "stroke:rgb(213,94,0)";
    private static readonly PlanSettings Growing = SamplePlans.Hundred(0.1) with { BatchSize = new MultiStep(10, 2, [Duration.Epochs(5)]) };

    [Fact]
    public void Svg_OnePlan_ItsLabels()
    {
        var texts = Texts(Svg(SamplePlans.Hundred(new Cosine(0.1, 0))));

        Assert.Contains("plan 0", texts);
        Assert.Contains("epochs", texts);
        Assert.Contains("learning rate", texts);
        Assert.Contains("0.1", texts);
        Assert.DoesNotContain("momentum", texts);
    }

    [Fact]
    public void Svg_TwoPlans_ALineInEachPanelAndInTheLegend()
    {
        var svg = Svg(SamplePlans.Hundred(new Cosine(0.1, 0)), Growing);

        Assert.Contains("batch size (samples)", Texts(svg));
        Assert.Equal(3, Lines(svg, FirstColor).Count);
        Assert.Equal(3, Lines(svg, SecondColor).Count);
    }

    [Theory]
    [InlineData(NoiseForm.SmallBatch, "noise (small batch)")]
    [InlineData(NoiseForm.Exact, "noise scale (exact)")]
    public void Svg_NoiseScale_ItsPanel(NoiseForm form, string title)
    {
        var svg = XDocument.Parse(PlanChart.Svg(PlanFigure.Of([new NamedPlan("a", SamplePlans.Hundred(0.1).Surveyed(form))])));

        Assert.Contains(title, Texts(svg));
        Assert.Equal(3, Lines(svg, FirstColor).Count);
    }

    // Rates up to 2^1999 = 10^601.8, which no double holds.
    [Fact]
    public void Svg_ExponentialRate_ItsPanelInPowersOfTen()
    {
        var settings = SamplePlans.Hundred(1) with { Momentum = 0, WeightDecay = 0.5, Length = Duration.Epochs(100) };

        var svg = XDocument.Parse(PlanChart.Svg(PlanFigure.Of([new NamedPlan("a", settings.Surveyed(new ExponentialRewrite()))])));

        Assert.Contains("exponential rate", Texts(svg));
        Assert.Contains("a, exponential", Texts(svg));
        Assert.Contains("10^600", Texts(svg));
        Assert.Equal((3, 2), (Lines(svg, FirstColor).Count, Lines(svg, SecondColor).Count));
        Assert.Equal(1000, Lines(svg, SecondColor).Max(stairs => stairs.Select(point => point.Y).Distinct().Count()));
    }

    [Fact]
    public void Svg_FewUpdates_DrawnAsStairs()
    {
        var plan = SamplePlans.Hundred(new Linear(1, 0)) with { BatchSize = 250 };

        var stairs = Lines(Svg(plan), FirstColor)[0];

        Assert.Equal(4, stairs.Select(point => point.Y).Distinct().Count());
        Assert.All(stairs.Zip(stairs.Skip(1)), pair => Assert.True(pair.First.X == pair.Second.X || pair.First.Y == pair.Second.Y));
    }

    [Fact]
    public void Svg_ShownSmaller_KeepsItsShape()
    {
        var root = Svg(Growing).Root;

        Assert.Equal($"0 0 {root?.Attribute("width")?.Value} {root?.Attribute("height")?.Value}", root?.Attribute("viewBox")?.Value);
    }

    [Fact]
    public void Svg_SameFigure_SameBytes() => Assert.Equal(Svg(Growing).ToString(), Svg(Growing).ToString());

    [Fact]
    public void Svg_ManyUpdates_SmallWithEveryPeak()
    {
        var plan = SamplePlans.Hundred(new WarmRestarts(1, 0, Duration.Epochs(1))) with { BatchSize = 1, SamplesPerEpoch = 20_000 };

        var svg = Svg(plan);

        Assert.InRange(svg.ToString().Length, 10_000, 200_000);
        var points = Lines(svg, FirstColor)[0];
        var top = points.Min(point => point.Y);
        Assert.Equal(10, points.Count(point => point.Y == top));
    }

    [Fact]
    public void Svg_NameWithMarkup_IsEscaped() =>
        Assert.Contains("<a> & \"b\"", Texts(XDocument.Parse(PlanChart.Svg(PlanFigure.Of([new NamedPlan("<a> & \"b\"", Growing.Surveyed())])))));

    [Fact]
    public void Write_File_TheDrawing()
    {
        using var folder = new TemporaryFolder();
        var figure = PlanFigure.Of([new NamedPlan("a", Growing.Surveyed())]);
        var path = Path.Combine(folder.Path, "a.svg");

        PlanChart.Write(path, figure);

        Assert.Equal(PlanChart.Svg(figure), File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static XDocument Svg(params PlanSettings[] plans) => XDocument.Parse(
        PlanChart.Svg(PlanFigure.Of([.. plans.Select((plan, i) => new NamedPlan($"plan {i}", plan.Surveyed()))])));

    private static List<string> Texts(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static List<List<(double X, double Y)>> Lines(XDocument svg, string color) =>
    [
        .. from element in svg.Descendants()
           where element.Name.LocalName == "polyline" && ((string?)element.Attribute("style"))!.Contains(color, StringComparison.Ordinal)
           select ((string?)element.Attribute("points"))!.Split(' ').Select(Point).ToList(),
    ];

    private static (double X, double Y) Point(string text)
    {
        var parts = text.Split(',');
        return (double.Parse(parts[0]), double.Parse(parts[1]));
    }

    [Fact]
    public void Svg_Title_ThePlanOrHowMany()
    {
        Assert.Equal("plan plan 0", Svg(Growing).Root!.Elements().First().Value);
        Assert.Equal("2 plans", Svg(Growing, Growing).Root!.Elements().First().Value);
    }
}
