using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed class ListingTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a and b", "a", "b")]
    [InlineData("a, b and c", "a", "b", "c")]
    public void Of_Names_AreJoined(string expected, params string[] names) => Assert.Equal(expected, Listing.Of(names));

    [Fact]
    public void Of_LastWord_IsTheOneGiven() => Assert.Equal("a or b", Listing.Of(["a", "b"], "or"));
}
