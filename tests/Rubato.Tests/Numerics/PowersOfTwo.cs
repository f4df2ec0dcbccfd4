namespace Rubato.Tests.Numerics;

/// <summary>Powers of two that .NET 10 prints one digit short, so that its text reads back as a neighbour.</summary>
public static class PowersOfTwo
{
    public static TheoryData<double> ShortOnes => [Math.ScaleB(1, -25), Math.ScaleB(1, -958)];
}
