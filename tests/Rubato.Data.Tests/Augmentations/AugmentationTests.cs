using System.Collections.Immutable;
using Rubato.Data.Augmentations;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Augmentations;

public sealed class AugmentationTests
{
    private static readonly ImmutableArray<int> Shape = [2, 5, 6];

    [Theory]
    [InlineData("none", "none")]
    [InlineData("crop(4)", "crop(4)")]
    [InlineData("flip", "flip")]
    [InlineData("crop(4), flip", "crop(4), flip")]
    [InlineData(" flip ,crop( 2 ) ", "flip, crop(2)")]
    [InlineData("crop (1024),flip", "crop(1024), flip")]
    public void Parse_KnownText_PrintsBack(string text, string printed)
    {
        var parsed = Augmentation.Parse(text);
        Assert.Equal(printed, parsed.ToString());
        Assert.Equal(parsed, Augmentation.Parse(printed));
    }

    [Theory]
    [InlineData("flipp", "augment is 'flipp', which is unknown; did you mean 'flip'? Use none, crop(4), flip, or both as crop(4), flip.")]
    [InlineData("rotate(5)", "augment is 'rotate(5)', which is unknown; use none, crop(4), flip, or both as crop(4), flip.")]
    [InlineData("crop", "augment is 'crop', but crop needs its padding in pixels, a whole number from 1 to 1024; write it as crop(4).")]
    [InlineData("crop(0)", "augment is 'crop(0)', but crop needs its padding in pixels, a whole number from 1 to 1024; write it as crop(4).")]
    [InlineData("crop(1025)", "augment is 'crop(1025)', but crop needs its padding in pixels, a whole number from 1 to 1024; write it as crop(4).")]
    [InlineData("crop(4, 4)", "augment is 'crop(4, 4)', but crop needs its padding in pixels, a whole number from 1 to 1024; write it as crop(4).")]
    [InlineData("crop(4, at 2)", "augment is 'crop(4, at 2)', but crop needs its padding in pixels, a whole number from 1 to 1024; write it as crop(4).")]
    [InlineData("crop(4", "augment 'crop(4', column 7: expected ',' or ')', but the text ends.")]
    [InlineData("flip, crop(4) 5", "augment 'flip, crop(4) 5', column 15: expected ',' or the end, but found '5'.")]
    [InlineData("flip,", "augment 'flip,', column 6: expected a name, but the text ends.")]
    [InlineData("flip 5", "augment 'flip 5', column 6: expected ',', the end, or an opening parenthesis after the name, but found '5'.")]
    [InlineData("flip(2)", "augment is 'flip(2)', but flip takes nothing in parentheses; write flip.")]
    [InlineData("flip, flip", "augment is 'flip, flip', which names 'flip' twice; name it once.")]
    [InlineData("none, flip", "augment is 'none, flip', which combines 'none' with others; leave 'none' out.")]
    public void Parse_OtherText_SaysWhatWouldBeRight(string text, string finding) => Check.Finding(finding, () => Augmentation.Parse(text));

    [Fact]
    public void Apply_WrongShape_SaysWhatWouldBeRight()
    {
        Check.Finding(
            "augment is 'flip', which is for images, but an example of this data set is a row of 4 features; use none.",
            () => Augmentation.Parse("flip").Apply(new float[8], [4], 1, 1));
        Check.Finding(
            "augment is 'crop(5)', but images of 5 x 6 cannot be padded by 5; the padding must be smaller than the image.",
            () => Augmentation.Parse("crop(5)").Apply(new float[60], Shape, 1, 1));
        Assert.Throws<ArgumentException>(() => Augmentation.Parse("flip").Apply(new float[61], Shape, 1, 1));
    }

    [Fact]
    public void Apply_None_ChangesNothing()
    {
        var batch = Batch(3);
        Augmentation.None.Apply(batch, Shape, 1, 1);
        Assert.Equal(Batch(3), batch);
    }

    [Fact]
    public void Apply_Flip_MirrorsAboutHalfOfTheImages()
    {
        var original = Batch(1000);
        var batch = Batch(1000);
        Augmentation.Parse("flip").Apply(batch, Shape, 4, 2);
        var flipped = 0;
        for (var image = 0; image < 1000; image++)
        {
            var same = batch.AsSpan(image * 60, 60).SequenceEqual(original.AsSpan(image * 60, 60));
            for (var i = 0; i < 60; i++)
            {
                Assert.Equal(original[(image * 60) + (same ? i : i - (i % 6) + 5 - (i % 6))], batch[(image * 60) + i]);
            }

            flipped += same ? 0 : 1;
        }

        Assert.InRange(flipped, 430, 570);
    }

    [Fact]
    public void Apply_Crop_IsAnAllowedWindowOfTheZeroPaddedImage()
    {
        var original = Batch(2000);
        var batch = Batch(2000);
        Augmentation.Parse("crop(2)").Apply(batch, Shape, 4, 2);
        var seen = new int[25];
        for (var image = 0; image < 2000; image++)
        {
            var matches = Enumerable.Range(0, 25).Where(window =>
                Window(original.AsSpan(image * 60, 60), (window / 5) - 2, (window % 5) - 2).AsSpan().SequenceEqual(batch.AsSpan(image * 60, 60))).ToArray();
            seen[Assert.Single(matches)]++;
        }

        Assert.All(seen, count => Assert.InRange(count, 40, 130));
    }

    [Fact]
    public void Apply_SameSeedAndStep_SameChange()
    {
        var both = Augmentation.Parse("crop(2), flip");
        var (first, again, later, longer) = (Batch(20), Batch(20), Batch(20), Batch(30));
        both.Apply(first, Shape, 1, 5);
        both.Apply(again, Shape, 1, 5);
        both.Apply(later, Shape, 1, 6);
        both.Apply(longer, Shape, 1, 5);
        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
        Assert.Equal(first, longer[..first.Length]);
    }

    [Fact]
    public void Apply_Repeatedly_AllocatesNothing()
    {
        var both = Augmentation.Parse("crop(2), flip");
        var batch = Batch(20);
        both.Apply(batch, Shape, 1, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 1000; step++)
        {
            both.Apply(batch, Shape, 1, step);
        }
        // The rest of a block of 8 KB may count; one object a call, of at least 24 bytes, would be more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static float[] Batch(int images) => [.. Enumerable.Range(1, images * 60).Select(i => (float)i)];

    private static float[] Window(ReadOnlySpan<float> image, int down, int right)
    {
        var result = new float[60];
        for (var channel = 0; channel < 2; channel++)
        {
            for (var y = 0; y < 5; y++)
            {
                for (var x = 0; x < 6; x++)
                {
                    if (y + down is >= 0 and < 5 && x + right is >= 0 and < 6)
                    {
                        result[(channel * 30) + (y * 6) + x] = image[(channel * 30) + ((y + down) * 6) + x + right];
                    }
                }
            }
        }

        return result;
    }
}
