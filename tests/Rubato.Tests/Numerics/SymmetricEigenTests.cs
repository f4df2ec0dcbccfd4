using FsCheck;
using FsCheck.Fluent;
using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Fact]
    public void Decompose_TwoByTwo_ByHand()
    {
        var (values, vectors) = SymmetricEigen.Decompose([2, 1, 1, 2], 2);

        Assert.Equal([1, 3], values.Order().ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.All(vectors, entry => Assert.Equal(Math.Sqrt(0.5), Math.Abs(entry), 1e-15));
    }

    [Fact]
    public void Decompose_Diagonal_Itself() => Assert.Equal([3, 0, -2], SymmetricEigen.Decompose([3, 0, 0, 0, 0, 0, 0, 0, -2], 3).Values);

    [Fact]
    public void Decompose_AnyMatrix_OrthogonalAndPutTogetherAgain() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var random = new CounterRandom(seed, 3, 3);
        var size = 1 + random.NextInt(12);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * size) + j] = matrix[(j * size) + i] = random.NextNormal();
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose((double[])matrix.Clone(), size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var (together, product) = (0.0, 0.0);
                for (var m = 0; m < size; m++)
                {
                    together += vectors[(m * size) + i] * values[m] * vectors[(m * size) + j];
                    product += vectors[(m * size) + i] * vectors[(m * size) + j];
                }

                Assert.Equal(matrix[(i * size) + j], together, 1e-13);
                Assert.Equal(i == j ? 1 : 0, product, 1e-13);
            }
        }
    }));
}
