using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class ClaimTests
{
    private static readonly Claim Claim = new(new ToySettings { WeightDecay = 0.5 });

    [Fact]
    public void Floor_HalfTheWeightsDecay_IsASixth()
    {
        Assert.Equal(1.0 / 6, Claim.Floor, 1e-15);
        Assert.Equal(2, Claim.Memory);
    }

    [Fact]
    public void Floor_SmallDecay_IsThatOfTheEquilibrium()
    {
        var claim = new Claim(new ToySettings());

        Assert.Equal(Math.Sqrt(2 * 0.01) / (2 * Math.PI), claim.Floor, 2e-5);
        Assert.Equal(100, claim.Memory);
    }

    [Theory]
    [InlineData(0, 0.2, 0.2, 0.2)]
    [InlineData(1, 0.2, 0.1, 0.2, 0.1)]
    [InlineData(2, 0.1, 0.2, 0.1, 0.1, 0.2)]
    [InlineData(3, 0.1, 0.1, 0.1)]
    public void LongestBelow_Errors_CountsThoseInARow(int expected, params double[] errors) => Assert.Equal(expected, Claim.LongestBelow(errors));

    [Fact]
    public void Converges_EveryErrorBelow_Only()
    {
        Assert.True(Claim.Converges([0.1, 0.1, 0.1]));
        Assert.False(Claim.Converges([0.1, 0.2, 0.1]));
    }

    [Fact]
    public void StaysAway_NeverBelowForTheMemory_Only()
    {
        Assert.True(Claim.StaysAway([0.1, 0.2, 0.1]));
        Assert.False(Claim.StaysAway([0.2, 0.1, 0.1]));
    }

    [Fact]
    public void StaysAway_TooFewUpdatesToSay_IsFalse() => Assert.False(Claim.StaysAway([0.2]));

    [Fact]
    public void WithoutWeightDecay_NothingIsClaimed()
    {
        var claim = new Claim(new ToySettings { WeightDecay = 0 });

        Assert.Equal(0, claim.Floor);
        Assert.False(claim.Converges([0.001]));
        Assert.False(claim.StaysAway([0.1, 0.1]));
    }
}
