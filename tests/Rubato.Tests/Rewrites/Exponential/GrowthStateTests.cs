using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class GrowthStateTests
{
    [Fact]
    public void From_CopiedNumbers_EqualState()
    {
        var growth = new ExponentialGrowth { IsPhased = true, Limit = 2 };
        var numbers = new double[GrowthState.Numbers];
        var state = default(GrowthState);
        for (var t = 0; t < 2000; t++)
        {
            state.CopyTo(numbers);
            Assert.Equal(state, GrowthState.From(numbers));
            state = growth.Next(new HyperParameters(0.1 + (0.01 * (t / 200)), 1, 0.9, 1e-2), state).After;
        }
    }

    [Fact]
    public void From_Zeros_StartOfARun()
    {
        var start = GrowthState.From(new double[GrowthState.Numbers]);

        Assert.Equal(default, start);
        Assert.Equal((0, 0, 1), (start.BufferOffset, start.LogGrowth, start.Scale));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void Numbers_OtherLength_Refused(int length)
    {
        Assert.Throws<ArgumentException>(() => GrowthState.From(new double[length]));
        Assert.Throws<ArgumentException>(() => default(GrowthState).CopyTo(new double[length]));
    }
}
