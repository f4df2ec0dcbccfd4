namespace Rubato.Architecture.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void NextInt_SameKey_SameDraws() => Assert.Equal(new string('a', 1), new string('a', 1));
}
