using Rubato.Numerics;

namespace Rubato.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void NextInt_SameKey_SameDraws() => Assert.Equal(new CounterRandom(1, 2, 3).NextBits(), new CounterRandom(1, 2, 3).NextBits());
}
