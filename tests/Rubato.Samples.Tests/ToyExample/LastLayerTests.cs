using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class LastLayerTests
{
    private const int Size = 32;

    private static readonly double[] Weights = [0.7, -0.4, 0.1, 1.2];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_IsThatOfFiniteDifferences(bool isNormalized)
    {
        const double h = 1e-5;
        var (layer, batch) = (new LastLayer(isNormalized, Size), Samples());
        var gradient = GradientAt(layer, Weights);

        for (var j = 0; j < Weights.Length; j++)
        {
            var (above, below) = (Weights.ToArray(), Weights.ToArray());
            above[j] += h;
            below[j] -= h;
            Assert.Equal((layer.Loss(batch, above) - layer.Loss(batch, below)) / (2 * h), gradient[j], 1e-9);
        }
    }

    [Fact]
    public void Gradient_Normalized_IsAtRightAnglesAndShrinksWithLongerWeights()
    {
        var layer = new LastLayer(isNormalized: true, Size);
        double[] longer = [.. Weights.Select(weight => 8 * weight)];
        var (gradient, ofLonger) = (GradientAt(layer, Weights), GradientAt(layer, longer));

        Assert.Equal(layer.Loss(Samples(), Weights), layer.Loss(Samples(), longer), 1e-14);
        Assert.Equal(0, Directions.Dot(gradient, Weights), 1e-14);
        Assert.All(gradient.Zip(ofLonger), pair => Assert.Equal(pair.First / 8, pair.Second, 1e-14));
        Assert.True(Directions.Length(gradient) > 0.01);
    }

    [Fact]
    public void Loss_WithoutNormalization_DependsOnTheLength()
    {
        var layer = new LastLayer(isNormalized: false, Size);

        Assert.Equal(Math.Log(2), layer.Loss(Samples(), [0, 0, 0, 0]), 1e-14);
        Assert.True(layer.Loss(Samples(), [20, 0, 0, 0]) < layer.Loss(Samples(), [2, 0, 0, 0]));
    }

    [Theory]
    [InlineData(2, 0, 0, 0)]
    [InlineData(1, 0, 1, 0.25)]
    [InlineData(0, 3, 4, 0.5)]
    [InlineData(-1, 0, 0, 1)]
    public void Error_IsTheAngleToTheFirstAxisByPi(double first, double second, double third, double expected) =>
        Assert.Equal(expected, LastLayer.Error([first, second, third]), 1e-15);

    [Fact]
    public void Error_IsTheShareOfWrongLabels()
    {
        var batch = new ToyBatch(100_000, Weights.Length);
        batch.Draw(seed: 2, update: 0);
        var wrong = Enumerable.Range(0, batch.Size).Count(i => Math.Sign(Directions.Dot(Weights, batch.Input(i))) != batch.Label(i));

        Assert.Equal(LastLayer.Error(Weights), (double)wrong / batch.Size, 0.005);
    }

    private static double[] GradientAt(LastLayer layer, double[] weights)
    {
        var gradient = new double[weights.Length];
        layer.Gradient(Samples(), weights, gradient);
        return gradient;
    }

    private static ToyBatch Samples()
    {
        var batch = new ToyBatch(Size, Weights.Length);
        batch.Draw(seed: 1, update: 0);
        return batch;
    }
}
