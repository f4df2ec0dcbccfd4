using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Glyphs;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Glyphs;

public sealed class GlyphsKindTests
{
    [Fact]
    public void Load_Default_HasTwelveAndTwoThousandBalancedImages()
    {
        var glyphs = DatasetCatalog.Load("glyphs", new DatasetOptions());
        Assert.Equal((12_000, 2_000, 10), (glyphs.Train.Count, glyphs.Test.Count, glyphs.Train.Classes));
        Assert.Equal([1, 28, 28], glyphs.Train.Shape);
        Assert.True(glyphs.Train.IsImage);
        Assert.Equal(10, glyphs.ClassNames.Distinct().Count());
        Assert.All(Check.Labels(glyphs.Train).GroupBy(label => label), group => Assert.Equal(1200, group.Count()));
        Assert.All(Check.Labels(glyphs.Test).GroupBy(label => label), group => Assert.Equal(200, group.Count()));
    }

    [Fact]
    public void Load_AnyMachine_HasThisContent() =>
        Assert.Equal(
            "5699f50c2c9c7f61401560a9535934eef54e303c87d4c8679143a02008418780",
            DatasetCatalog.Load("glyphs", new DatasetOptions()).ContentHash);

    [Fact]
    public void Load_OtherRunSeed_SharesTheTask() =>
        Assert.Equal(
            DatasetCatalog.Load("glyphs(train 50, test 10)", new DatasetOptions { Seed = 1 }).ContentHash,
            DatasetCatalog.Load("glyphs(train 50, test 10)", new DatasetOptions { Seed = 2 }).ContentHash);

    [Fact]
    public void Load_OtherGlyphSeed_IsAnotherTask() =>
        Assert.NotEqual(
            DatasetCatalog.Load("glyphs(train 50, test 10)", new DatasetOptions()).ContentHash,
            DatasetCatalog.Load("glyphs(seed 7, train 50, test 10)", new DatasetOptions()).ContentHash);

    [Fact]
    public void Draw_LargerSet_BeginsWithTheSmaller() =>
        Assert.Equal(GlyphsKind.Draw(3, 1, 20).Pixels, GlyphsKind.Draw(3, 1, 50).Pixels[..(20 * 784)]);

    [Fact]
    public void Draw_OtherSplit_SharesNoImage()
    {
        var train = GlyphsKind.Draw(0, 1, 50).Pixels.Chunk(784).Select(Convert.ToHexString).ToHashSet();
        Assert.DoesNotContain(GlyphsKind.Draw(0, 2, 50).Pixels.Chunk(784), image => train.Contains(Convert.ToHexString(image)));
    }

    [Fact]
    public void Render_ClearPose_ShowsTheSymbol()
    {
        var pose = new GlyphPose
        {
            CenterX = 13.5f,
            CenterY = 13.5f,
            Scale = 10,
            Xx = 1,
            Xy = 0,
            Yx = 0,
            Yy = 1,
            HalfWidth = 1,
            Paper = 0,
            Ink = 1,
            Noise = 0,
        };
        var plus = new byte[784];
        var random = new CounterRandom(0, 0, 0);
        GlyphRenderer.Render(GlyphShapes.All.Single(shape => shape.Name == "plus"), pose, ref random, plus);
        Assert.Equal(255, plus[(13 * 28) + 13]);
        Assert.Equal(255, plus[(13 * 28) + 7]);
        Assert.Equal(255, plus[(20 * 28) + 14]);
        Assert.Equal(0, plus[(7 * 28) + 7]);
        Assert.Equal(0, plus[(13 * 28) + 1]);
    }

    [Fact]
    public void Load_Default_IsMoreThanALinearClassifierCanDo()
    {
        var glyphs = DatasetCatalog.Load("glyphs", new DatasetOptions());
        var accuracy = SoftmaxRegression.Train(glyphs.Train, epochs: 10, rate: 0.01f).AccuracyOn(glyphs.Test);
        Assert.InRange(accuracy, 0.30, 0.70);
    }
}
