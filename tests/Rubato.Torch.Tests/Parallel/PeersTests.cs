using Rubato.Torch.Parallel;

namespace Rubato.Torch.Tests.Parallel;

public class PeersTests
{
    [Theory]
    [InlineData(null, 20)]
    [InlineData("", 20)]
    [InlineData("2.5", 2.5)]
    [InlineData("86400", 86400)]
    public void LimitOf_Text_IsSeconds(string? text, double seconds) => Assert.Equal(seconds, Peers.LimitOf(text).TotalSeconds);

    [Theory]
    [InlineData("0.5")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("86401")]
    public void LimitOf_OtherText_IsRefused(string text)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Peers.LimitOf(text));
        Assert.Contains("RUBATO_PEER_LIMIT", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_NoLauncher_IsAlone()
    {
        var peers = Peers.Join();
        Assert.Same(Alone.Instance, peers);
        Assert.Equal((0, 1, "none", TimeSpan.Zero), (peers.Rank, peers.Size, peers.Engine, peers.Waited));
    }
}
