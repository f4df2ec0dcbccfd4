using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("adam", "adam")] // the name itself
    [InlineData("adm", "adam")] // one left out
    [InlineData("adaam", "adam")] // one too many
    [InlineData("adan", "adam")] // one replaced
    [InlineData("daam", "adam")] // neighbours swapped count once
    [InlineData("nestorvo", "nesterov")] // two of eight
    [InlineData("sg", "sgd")]
    [InlineData("dgs", null)] // two of three
    [InlineData("lion", null)]
    [InlineData("SGD", "sgd")]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Nearest_OfSomeNames_IsWithinAThird(string written, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(written, ["sgd", "adam", "nesterov"]));

    [Fact]
    public void Nearest_NothingInCommon_IsNone() => Assert.Null(Suggestion.Nearest("d", ["a", "b"]));

    [Fact]
    public void Nearest_SeveralAsNear_IsTheFirst() => Assert.Equal("ab", Suggestion.Nearest("aa", ["ab", "ac", "xxxx"]));

    [Fact]
    public void Nearest_ANearerOneLater_IsThat() => Assert.Equal("wrn-16-4", Suggestion.Nearest("wrn-16-5", ["wrn-28-1", "wrn-16-4"]));

    [Fact]
    public void For_Near_IsASentence()
    {
        Assert.Equal(" Did you mean 'adam'?", Suggestion.For("adm", ["adam"]));
        Assert.Equal("", Suggestion.For("lion", ["adam"]));
        Assert.Equal("", Suggestion.For("lion", []));
    }
}
