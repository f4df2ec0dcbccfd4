namespace Rubato.Tests.Numerics;

/// <summary>The slow, obvious twin of the normal distribution: Simpson's rule over its density, for |z| up to 12.</summary>
internal static class NormalIntegral
{
    internal static double Of(double z)
    {
        const int Steps = 20_000;
        var end = Math.Clamp(z, -12, 12);
        var width = end / Steps;
        var sum = Density(0) + Density(end);
        for (var i = 1; i < Steps; i++)
        {
            sum += (i % 2 == 0 ? 2 : 4) * Density(i * width);
        }

        return 0.5 + (sum * width / 3);
    }

    private static double Density(double t) => Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI);
}
