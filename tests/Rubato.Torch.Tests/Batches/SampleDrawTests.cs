namespace Rubato.Torch.Tests.Batches;

public sealed class SampleDrawTests
{
    [Fact]
    public void Random_SameReading_SameNumbers()
    {
        Assert.Equal(new SampleDraw(1, 40).Random().NextBits(), new SampleDraw(1, 40).Random().NextBits());
        Assert.NotEqual(new SampleDraw(1, 40).Random().NextBits(), new SampleDraw(1, 41).Random().NextBits());
        Assert.NotEqual(new SampleDraw(1, 40).Random().NextBits(), new SampleDraw(2, 40).Random().NextBits());
    }

    [Fact]
    public void IsTraining_Evaluation_False()
    {
        Assert.False(SampleDraw.Evaluation.IsTraining);
        Assert.True(new SampleDraw(1, 0).IsTraining);
    }
}
