namespace Rubato.Tests;

public sealed class WatchedExtensionsTests
{
    [Theory]
    [InlineData(Watched.ValidationLoss, "validation-loss", false, true)]
    [InlineData(Watched.ValidationAccuracy, "validation-accuracy", true, true)]
    [InlineData(Watched.TestLoss, "test-loss", false, false)]
    [InlineData(Watched.TestAccuracy, "test-accuracy", true, false)]
    public void Text_Each_SaysWhatItIs(Watched watched, string text, bool isAccuracy, bool isOfValidation) =>
        Assert.Equal((text, isAccuracy, isOfValidation), (watched.Text(), watched.IsAccuracy(), watched.IsOfValidation()));

    [Fact]
    public void Text_NoneOfThem_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ((Watched)4).Text());

    [Theory]
    [InlineData(Watched.TestLoss, 2, null, true)]
    [InlineData(Watched.TestLoss, 1, 2.0, true)]
    [InlineData(Watched.TestLoss, 2, 2.0, false)]
    [InlineData(Watched.TestLoss, 3, 2.0, false)]
    [InlineData(Watched.TestAccuracy, 3, 2.0, true)]
    [InlineData(Watched.TestAccuracy, 2, 2.0, false)]
    [InlineData(Watched.TestAccuracy, 1, 2.0, false)]
    [InlineData(Watched.TestLoss, double.NaN, null, false)]
    [InlineData(Watched.TestLoss, double.NegativeInfinity, 2.0, false)]
    [InlineData(Watched.TestAccuracy, double.PositiveInfinity, null, false)]
    public void IsBetter_Value_StrictlyAndFinite(Watched watched, double value, double? best, bool isBetter) =>
        Assert.Equal(isBetter, watched.IsBetter(value, best));
}
