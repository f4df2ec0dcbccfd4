using System.Xml.Linq;
using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class PictureTests
{
    private static readonly Trial Trial = Trial.Run(seed: 0, new ToySettings { Updates = 200, BatchSize = 16 });

    [Fact]
    public void Svg_NamesEveryLineAndBothAxes()
    {
        var texts = Texts(Trial);

        Assert.All([.. Form.All.Select(form => form.Name), "update", "training error", "arccos(1 - lr wd) / (2π)"], name => Assert.Contains(name, texts));
    }

    [Fact]
    public void Svg_WithoutWeightDecay_HasNoFloor() =>
        Assert.DoesNotContain(Texts(Trial.Run(seed: 0, new ToySettings { Updates = 20, BatchSize = 16, WeightDecay = 0 })), text => text.StartsWith("arccos", StringComparison.Ordinal));

    [Fact]
    public void Groups_FirstUpdates_StandAlone() =>
        Assert.Equal([(1, 4, 4, 4), (2, 2, 2, 2), (3, 3, 3, 3)], Picture.Groups([4, 2, 3]));

    [Fact]
    public void Groups_ManyUpdates_HoldEachOnce()
    {
        var groups = Picture.Groups([.. Enumerable.Range(1, 1000).Select(update => (double)update)]);

        Assert.Equal((1, 1000), (groups[0].Least, groups[^1].Largest));
        Assert.All(groups.Zip(groups.Skip(1)), pair => Assert.Equal(pair.First.Largest + 1, pair.Second.Least));
        Assert.All(groups, group => Assert.Equal((group.Least + group.Largest) / 2, group.Mean, 1e-9));
        Assert.All(groups, group => Assert.InRange(group.Update, group.Least, group.Largest));
        Assert.InRange(groups.Count, 60, 120);
    }

    private static List<string> Texts(Trial trial) =>
        [.. XDocument.Parse(Picture.Svg(trial)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
