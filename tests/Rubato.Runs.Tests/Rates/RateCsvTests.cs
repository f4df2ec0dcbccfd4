using Rubato.Runs.Rates;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateCsvTests
{
    [Fact]
    public void Write_Runs_ARowAnUpdate()
    {
        using var temporary = new TemporaryFolder();
        var growing = SampleRuns.Growing(2, 0.25);
        growing[1] = growing[1] with { EffectiveRate = double.PositiveInfinity, ExponentialRateLog10 = double.NegativeInfinity };
        RateCsv.Write(temporary["rates.csv"], RateCurves.Of([RateCurve.Of(SampleRuns.Halving(2), "a"), RateCurve.Of(growing, "b, \"grown\"")]));
        Assert.Equal(
            """"
            run,update,samples,learning_rate,effective_rate,log10_exponential_rate
            a,1,100,0.5,1,
            a,2,200,0.5,,
            "b, ""grown""",1,100,0.5,0.25,0
            "b, ""grown""",2,200,0.5,Infinity,-Infinity

            """",
            File.ReadAllText(temporary["rates.csv"]));
    }
}
