using Rubato.Cli.Commands;

namespace Rubato.Cli.Tests.Commands;

public sealed class ValueListTests
{
    [Theory]
    [InlineData("0.9", "0.9")]
    [InlineData(" 0.8,0.9 , 0.95", "0.8|0.9|0.95")]
    [InlineData("0.9, table(1ep: 0.8, 2ep: 0.9), 0.95", "0.9|table(1ep: 0.8, 2ep: 0.9)|0.95")]
    [InlineData("clamp(linear(0 -> 1, 3ba), 0..1), 2", "clamp(linear(0 -> 1, 3ba), 0..1)|2")]
    [InlineData("a,", "a|")]
    [InlineData("", "")]
    public void Split_Text_AtCommasOutsideParentheses(string text, string expected) => Assert.Equal(expected, string.Join('|', ValueList.Split(text)));
}
