using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class VectorsTests
{
    public static TheoryData<int> Widths => [0, 1, 3, 4, 5, 16, 21, 32, 39];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Combine_ThreeRows_SumOfMultiples(int width)
    {
        var rows = Numbers(3 * width, 1);
        var target = new double[width];
        Vectors.Combine(target, rows, [2, -1, 0.5]);

        Assert.Equal(Enumerable.Range(0, width).Select(i => (2 * rows[i]) - rows[width + i] + (0.5 * rows[(2 * width) + i])), target);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Turn_TwoRows_EachPairTurned(int width)
    {
        var (first, second) = (Numbers(width, 1), Numbers(width, 2));
        var (one, other) = ((double[])first.Clone(), (double[])second.Clone());
        Vectors.Turn(one, other, 0.75, 0.25);

        Assert.Equal(first.Zip(second, (p, q) => (0.75 * p) - (0.25 * q)), one);
        Assert.Equal(first.Zip(second, (p, q) => (0.25 * p) + (0.75 * q)), other);
    }

    [Fact]
    public void TooShort_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Vectors.Combine(new double[4], new double[7], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vectors.Turn(new double[4], new double[3], 1, 0));
    }

    private static double[] Numbers(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => ((7 * i) + seed) % 11 - 5.0)];
}
