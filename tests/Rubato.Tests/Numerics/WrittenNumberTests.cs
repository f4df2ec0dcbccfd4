using System.Text;
using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class WrittenNumberTests
{
    [Theory]
    [InlineData("2.3026", 2.3026)]
    [InlineData(" 1e-3 ", 1e-3)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("Inf", double.PositiveInfinity)]
    [InlineData("+INF", double.PositiveInfinity)]
    [InlineData(" -inf ", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    public void TryRead_NumberOfAnyLanguage_IsRead(string text, double expected)
    {
        Assert.True(WrittenNumber.TryRead(text, out var value));
        Assert.Equal(expected, value);
        Assert.True(WrittenNumber.TryRead(Encoding.UTF8.GetBytes(text), out value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("info")]
    [InlineData("--inf")]
    [InlineData("i nf")]
    [InlineData("in")]
    [InlineData("1,5")]
    [InlineData("a text of more than sixteen bytes")]
    public void TryRead_NoNumber_IsRefused(string text)
    {
        Assert.False(WrittenNumber.TryRead(text, out _));
        Assert.False(WrittenNumber.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }
}
