using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Metrics;

public sealed class MetricRulesTests
{
    [Fact]
    public void Findings_GoodNames_None() => Assert.Empty(MetricRules.Findings(["mae", "MAE", "top-5", "F1 (macro)"], heldOut: 1));

    [Fact]
    public void Findings_NoMetricsAndNothingHeldOut_None() => Assert.Empty(MetricRules.Findings([], heldOut: 0));

    [Theory]
    [InlineData("mae,mae", 9, "Metrics is 'mae', which names 2 metrics; give each a name of its own.")]
    [InlineData("mae, ", 9, "Metrics has a metric without a name; give each a name, such as 'mae'.")]
    [InlineData("mae,rmse", 0, "Metrics is 'mae, rmse', but no samples are held out, and metrics are measured on those alone; give the trainer held-out samples, or leave the metrics out.")]
    [InlineData("a\"b", 9, "Metrics is 'a\"b', but a name heads a column of epochs.csv, and must not hold a comma, a quotation mark or a line break; choose another name.")]
    [InlineData("a\nb", 9, "Metrics is 'a b', but a name heads a column of epochs.csv, and must not hold a comma, a quotation mark or a line break; choose another name.")]
    public void Findings_BadName_OneSentence(string names, int heldOut, string expected) =>
        Assert.Equal([expected], MetricRules.Findings(names.Split(','), heldOut).Select(finding => $"{finding}"));

    [Fact]
    public void Findings_NoMetricAtAll_IsWithoutAName() =>
        Assert.Equal(["Metrics has a metric without a name; give each a name, such as 'mae'."], MetricRules.Findings([null], 9).Select(finding => $"{finding}"));

    [Fact]
    public void Value_OneNumberOfAnyRealType_IsRead()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.1, MetricRules.Value("m", tensor(0.1)));
        Assert.Equal(0.5, MetricRules.Value("m", tensor(0.5f).reshape(1, 1)));
        Assert.Equal(7, MetricRules.Value("m", tensor(7L)));
        Assert.Equal(1, MetricRules.Value("m", tensor(true)));
        Assert.True(double.IsNaN(MetricRules.Value("m", tensor(float.NaN))));
    }

    [Fact]
    public void Value_AnythingElse_OneSentence()
    {
        using var scope = NewDisposeScope();
        const string Remedy = "return the mean over the batch, a real tensor of one number, for instance by mean().";
        Assert.Equal($"Metrics is 'm', which returned a tensor of the shape (20, 3); {Remedy}", Refused(zeros(20, 3)));
        Assert.Equal($"Metrics is 'm', which returned a tensor of the shape (0); {Remedy}", Refused(zeros(0)));
        Assert.Equal($"Metrics is 'm', which returned nothing; {Remedy}", Refused(null));
        Assert.Equal($"Metrics is 'm', which returned a complex number; {Remedy}", Refused(zeros(1, ScalarType.ComplexFloat32)));
    }

    private static string Refused(Tensor? result) => Assert.Throws<InvalidInputException>(() => MetricRules.Value("m", result)).Message;
}
