using Samples.LeastSquares;

namespace Rubato.Samples.Tests.LeastSquares;

public sealed class RegressionTests
{
    [Fact]
    public void Load_SavedModel_GoesOnToTheLastBit()
    {
        var model = new Regression { LearningRate = 0.05, Momentum = 0.9 };
        model.Update(0, 32);
        var other = new Regression { LearningRate = 0.05, Momentum = 0.9 };
        other.Load(model.Save());
        model.Update(32, 32);
        other.Update(32, 32);

        Assert.Equal(model.Weights, other.Weights);
    }

    [Fact]
    public void Update_RateZero_ChangesNothing()
    {
        var model = new Regression { Momentum = 0.9 };
        model.Update(0, 32);

        Assert.Equal([0, 0, 0], model.Weights);
    }
}
