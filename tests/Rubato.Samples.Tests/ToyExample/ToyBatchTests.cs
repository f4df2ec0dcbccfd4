using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class ToyBatchTests
{
    [Fact]
    public void Draw_SameSeedAndUpdate_SameSamples()
    {
        var batch = Drawn(seed: 3, update: 7);

        Assert.Equal(Inputs(batch), Inputs(Drawn(seed: 3, update: 7)));
        Assert.NotEqual(Inputs(batch), Inputs(Drawn(seed: 3, update: 8)));
        Assert.NotEqual(Inputs(batch), Inputs(Drawn(seed: 4, update: 7)));
    }

    [Fact]
    public void Label_IsTheSignOfTheFirstInput()
    {
        var batch = Drawn(seed: 0, update: 0);
        var labels = Enumerable.Range(0, batch.Size).Select(batch.Label).ToList();

        Assert.Equal(Enumerable.Range(0, batch.Size).Select(i => (double)Math.Sign(batch.Input(i)[0])), labels);
        Assert.Equal([-1, 1], labels.Distinct().Order());
    }

    [Fact]
    public void Draw_Inputs_AreStandardNormal()
    {
        var inputs = Inputs(Drawn(seed: 1, update: 0)).ToList();

        Assert.InRange(inputs.Average(), -0.05, 0.05);
        Assert.InRange(inputs.Average(input => input * input), 0.95, 1.05);
    }

    private static ToyBatch Drawn(long seed, long update)
    {
        var batch = new ToyBatch(size: 1000, features: 5);
        batch.Draw(seed, update);
        return batch;
    }

    private static IEnumerable<double> Inputs(ToyBatch batch) => Enumerable.Range(0, batch.Size).SelectMany(i => batch.Input(i).ToArray());
}
