using FsCheck;
using FsCheck.Fluent;
using Rubato.Tests.Numerics;

namespace Rubato.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("10ep", 10, TimeUnit.Epochs)]
    [InlineData("5000ba", 5000, TimeUnit.Batches)]
    [InlineData("2e6sp", 2e6, TimeUnit.Samples)]
    [InlineData("0.3dur", 0.3, TimeUnit.Share)]
    [InlineData(" 10 ep ", 10, TimeUnit.Epochs)]
    [InlineData(".5ep", 0.5, TimeUnit.Epochs)]
    [InlineData("1E3ba", 1000, TimeUnit.Batches)]
    [InlineData("+1ep", 1, TimeUnit.Epochs)]
    [InlineData("0sp", 0, TimeUnit.Samples)]
    [InlineData("1e-3dur", 0.001, TimeUnit.Share)]
    [InlineData("rest", 0, TimeUnit.Rest)]
    [InlineData(" rest ", 0, TimeUnit.Rest)]
    public void Parse_GoodText_ValueAndUnit(string text, double value, TimeUnit unit)
    {
        var duration = Duration.Parse(text);
        Assert.Equal(value, duration.Value);
        Assert.Equal(unit, duration.Unit);
        Assert.Equal(unit == TimeUnit.Rest, duration.IsRest);
    }

    [Theory]
    [InlineData("", "'' is no duration; write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur.")]
    [InlineData("ep", "'ep' is no duration; write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur.")]
    [InlineData("1,5ep", "'1,5ep' is no duration; write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur.")]
    [InlineData("ten ep", "'ten ep' is no duration; write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur.")]
    [InlineData("10ep5", "'10ep5' is no duration; write a number and its unit, such as 10ep, 5000ba, 2e6sp or 0.3dur.")]
    [InlineData("10", "'10' has no unit; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).")]
    [InlineData(
        "10spl",
        "'10spl' has the unknown unit 'spl'; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget). Did you mean 'sp'?")]
    [InlineData("10seconds", "'10seconds' has the unknown unit 'seconds'; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).")]
    [InlineData("-1ep", "'-1ep' is no duration; its number must be finite and at least 0.")]
    [InlineData("1e999ep", "'1e999ep' is no duration; its number must be finite and at least 0.")]
    public void Parse_BadText_SaysHowADurationLooks(string text, string finding) =>
        Assert.Equal([finding], Assert.Throws<InvalidInputException>(() => Duration.Parse(text)).Message.Split('\n'));

    [Fact]
    public void Parse_Null_Refused() => Assert.Throws<ArgumentNullException>(() => Duration.Parse(null!));

    [Theory]
    [InlineData(10, TimeUnit.Epochs, "10ep")]
    [InlineData(0.1, TimeUnit.Share, "0.1dur")]
    [InlineData(2000000, TimeUnit.Samples, "2000000sp")]
    [InlineData(1e300, TimeUnit.Batches, "1e300ba")]
    public void ToString_EachUnit_ItsText(double value, TimeUnit unit, string text) => Assert.Equal(text, Duration.Of(value, unit).ToString());

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void ToString_PowersOfTwo_ReadBackEqual(double value) => Assert.Equal(Duration.Share(value), Duration.Parse(Duration.Share(value).ToString()));

    [Fact]
    public void ToString_AnyDuration_ReadsBackEqual() =>
        Check.QuickThrowOnFailure(Prop.ForAll<NormalFloat, byte>((number, unit) =>
        {
            var duration = unit % 5 == 0 ? Duration.Rest : Duration.Of(Math.Abs(number.Get), (TimeUnit)(unit % 5));
            return Duration.Parse(duration.ToString()) == duration;
        }));

    [Fact]
    public void Factories_EachUnit_AsOf()
    {
        Assert.Equal(Duration.Of(3, TimeUnit.Epochs), Duration.Epochs(3));
        Assert.Equal(Duration.Of(3, TimeUnit.Batches), Duration.Batches(3));
        Assert.Equal(Duration.Of(3, TimeUnit.Samples), Duration.Samples(3));
        Assert.Equal(Duration.Of(3, TimeUnit.Share), Duration.Share(3));
        Assert.Equal(default, Duration.Rest);
    }

    [Fact]
    public void Equals_OtherUnit_NeverEqual()
    {
        Assert.NotEqual(Duration.Epochs(1), Duration.Batches(1));
        Assert.NotEqual(Duration.Epochs(0), Duration.Rest);
        Assert.NotEqual(Duration.Epochs(1), Duration.Epochs(2));
        Assert.Equal(Duration.Epochs(1).GetHashCode(), Duration.Epochs(1).GetHashCode());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-double.Epsilon)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Factories_OutOfRange_Refused(double value)
    {
        Refused("epochs", () => Duration.Epochs(value));
        Refused("batches", () => Duration.Batches(value));
        Refused("samples", () => Duration.Samples(value));
        Refused("share", () => Duration.Share(value));
        Refused("value", () => Duration.Of(value, TimeUnit.Epochs));

        static void Refused(string name, Func<object> build) => Assert.StartsWith(
            $"{name} must be a finite number of at least 0.",
            Assert.Throws<ArgumentOutOfRangeException>(name, build).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TimeUnit.Rest)]
    [InlineData((TimeUnit)9)]
    public void Of_NotACountedUnit_Refused(TimeUnit unit) =>
        Assert.StartsWith(
            "unit must be epochs, batches, samples or a share.",
            Assert.Throws<ArgumentOutOfRangeException>(nameof(unit), () => Duration.Of(1, unit)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Times_Factor_OfTheSameUnit()
    {
        Assert.Equal(Duration.Epochs(15), Duration.Epochs(10).Times(1.5));
        Assert.Equal(Duration.Share(0), Duration.Share(0.5).Times(0));
        Assert.Equal(Duration.Rest, Duration.Rest.Times(2));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Duration.Epochs(1).Times(-1));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Duration.Epochs(1).Times(double.NaN));
    }
}
