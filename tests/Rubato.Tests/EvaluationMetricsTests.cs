namespace Rubato.Tests;

public sealed class EvaluationMetricsTests
{
    [Fact]
    public void Of_Each_ItsValue()
    {
        var metrics = new EvaluationMetrics { ValidationLoss = 1, ValidationAccuracy = 2, TestLoss = 3, TestAccuracy = 4 };
        Assert.Equal([1, 2, 3, 4], Enum.GetValues<Watched>().Select(watched => metrics.Of(watched)));
        Assert.All(Enum.GetValues<Watched>(), watched => Assert.Null(default(EvaluationMetrics).Of(watched)));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Of((Watched)4));
    }
}
