using Rubato.Cli.Display;

namespace Rubato.Cli.Tests.Display;

public sealed class VerifyTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(3.14159e-14, "3.1e-14")]
    [InlineData(1e-8, "1e-8")]
    [InlineData(0.00999, "1e-2")]
    [InlineData(0.0567, "0.057")]
    [InlineData(12.3, "12")]
    [InlineData(1234, "1.2e3")]
    [InlineData(double.NaN, "not finite")]
    [InlineData(double.PositiveInfinity, "infinite")]
    public void Difference_Number_TwoDigits(double value, string expected) => Assert.Equal(expected, VerifyText.Difference(value));

    [Fact]
    public void Point_Numbers_ALine() => Assert.Equal(
        "update 10 of 60  loss 2.0000  difference 1e-15  rounding alone 1e-14", VerifyText.Point(ScriptedVerify.Holding.Points[0], ScriptedVerify.Description));

    [Theory]
    [InlineData("texp", true, "compared   float64: outputs for 256 test samples with those of the plan with weight decay; 1e-8 is allowed")]
    [InlineData(
        "texp--(corrections none)",
        false,
        "compared   float32: outputs for 256 test samples with those of the plan with a constant rate and a weight decay that is reduced in each phase instead; 1e-8 is allowed")]
    public void Start_Form_WhatIsCompared(string form, bool isDouble, string line)
    {
        var run = ScriptedVerify.Description;

        Assert.EndsWith(line, VerifyText.Start(run with { IsDouble = isDouble, Exponential = run.Exponential with { Form = form } }), StringComparison.Ordinal);
    }
}
