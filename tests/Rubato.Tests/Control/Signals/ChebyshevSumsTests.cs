using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class ChebyshevSumsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Add_Points_DirectSums(int count)
    {
        var (x, y) = (LossCurves.Places(count), LossCurves.Valley(count, 0.6, 0.3, count));
        if (count > 2)
        {
            y[count / 2] = double.NaN;
        }

        var sums = new ChebyshevSums();
        sums.Add(x, y, 0.5);
        var kept = Enumerable.Range(0, count).Where(i => double.IsFinite(y[i])).ToArray();
        var angles = kept.Select(i => Math.Acos((2 * x[i]) - 1)).ToArray();
        Assert.Equal(kept.Sum(i => (y[i] - 0.5) * (y[i] - 0.5)), sums.Squares, 1e-12 * count);
        for (var j = 0; j < KernelFeatures.Terms; j += 3)
        {
            Assert.Equal(angles.Sum(angle => Math.Cos(j * angle)), sums.Moment(j), 1e-12 * count);
            Assert.Equal(kept.Select((i, at) => Math.Cos(j * angles[at]) * (y[i] - 0.5)).Sum(), sums.Product(j), 1e-12 * count);
            for (var k = 0; k < KernelFeatures.Terms; k += 3)
            {
                Assert.Equal(angles.Sum(angle => Math.Cos(j * angle) * Math.Cos(k * angle)), sums.Gram(j, k), 1e-12 * count);
            }
        }
    }

    [Fact]
    public void Add_NoPlaces_EquallySpaced()
    {
        var y = LossCurves.Valley(37, 0.6, 0.3, 1);
        var (sums, twin) = (new ChebyshevSums(), new ChebyshevSums());
        sums.Add([], y, 0);
        twin.Add(LossCurves.Places(37), y, 0);

        Assert.Equal(twin.Product(7), sums.Product(7));
        Assert.Equal(twin.Gram(3, 9), sums.Gram(3, 9));
    }
}
