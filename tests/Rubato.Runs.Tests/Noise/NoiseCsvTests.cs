using Rubato.Runs.Noise;

namespace Rubato.Runs.Tests.Noise;

public sealed class NoiseCsvTests
{
    [Fact]
    public void Write_Measurements_ARowEach()
    {
        using var temporary = new TemporaryFolder();
        NoiseCsv.Write(temporary["noise.csv"], NoiseCurve.Of(Measurements.Constant(5, 0.5, 12.25), average: 1));
        Assert.Equal(
            """
            step,samples,batch,squared_norm,trace,noise_scale
            1,32,32,0.5,12.25,
            2,64,32,0.5,12.25,
            3,96,32,0.5,12.25,
            4,128,32,0.5,12.25,
            5,160,32,0.5,12.25,24.5

            """,
            File.ReadAllText(temporary["noise.csv"]));
    }
}
